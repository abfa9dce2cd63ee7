/** The operating system and the kind of device, where a user agent says more than the library reads. */

const SYSTEMS: readonly [name: string, token: RegExp][] = [
  ['Chrome OS', /\bCrOS\b|\bChromebook\b|\bPixelbook\b/],
  ['KaiOS', /\bKAIOS\b/i],
  ['HarmonyOS', /\bOpenHarmony\b|\bHarmonyOS\b/i],
  ['Roku', /\bRoku\b/i],
  ['PlayStation 5', /\bPlay[Ss]tation 5/],
  ['PlayStation 4', /\bPlay[Ss]tation 4/],
  ['PlayStation 3', /\bPLAYSTATION 3|\bPlay[Ss]tation 3/],
  ['PlayStation Vita', /\bPlay[Ss]tation Vita/],
  ['PlayStation Portable', /\bPlay[Ss]tation Portable/],
  ['PlayStation 2', /\bPlay[Ss]tation ?2/],
  ['Nintendo Switch', /\bNintendo Switch/],
  ['Nintendo Wii', /\bNintendo Wii/],
  ['Nintendo 3DS', /\bNintendo 3DS/],
  ['tvOS', /\bAppleTV|\bApple TV|\btvOS\b/],
  ['VIDAA', /\bVIDAA\b/],
  ['WebOS', /\bweb0?os\b|\bhpwOS\b|\bWeb0S\b/i],
  ['Tizen', /\bTizen\b/],
  ['Windows Phone', /\bWindows Phone\b|\bIEMobile\b/],
  ['Sailfish OS', /\bSailfish\b/],
  ['Symbian', /\bSymbian/i],
  ['Fuchsia', /\bFuchsia\b/],
  ['FreeBSD', /\bFreeBSD\b/],
  ['OpenBSD', /\bOpenBSD\b/],
  ['NetBSD', /\bNetBSD\b/],
  ['Solaris', /\bSunOS\b|\bSolaris\b/],
  ['Haiku', /\bHaiku\b|\bBeOS\b/],
  ['AmigaOS', /\bAmiga/],
  ['MeeGo', /\bMeeGo\b/],
  ['Firefox OS', /^Mozilla\/5\.0 \((?:Mobile|Tablet|TV);(?: [^;)]{1,40};)? rv:/],
  ['Android', /\bAndr[o0]id\b|\bCrKey\b|\bMocorDroid/],
];

export const findSystem = (userAgent: string): string | undefined =>
  SYSTEMS.find(([, token]) => token.test(userAgent))?.[0];

/** Televisions, sticks and consoles at one: by their makers' tokens, and models that are called a TV. */
const TV = new RegExp(
  [
    String.raw`\bSMART-?TV\b|\b(?:Smart|Google|Android|Andr0id|Apple|Web|Inet|Inettv|Opera|Net|Hbb|Mi|Philips|olleh) ?TV\b|\bSmartTV|\bHbbTV\/|\bNETTV\/|\bNetCast\b|\bAppleTV|\bGoogleTV`,
    String.raw`\bBRAVIA\b|\bCrKey\b|\bRoku\b|; AFT[A-Z0-9]{1,9}\b|\bMiTV|\bMIBOX|\bVIDAA\b|\bViera\b|\bAQUOS(?:Browser|-TV)|\bSonyDTV|\bDTV\b|\bVIZIO\b|\bCoolita\b`,
    String.raw`\bInettvBrowser|\bTvBrowser\/|\bCE-HTML\b|\bMaple[ _]?\d|\bOMI\/\d|\bCobalt\/|\bLarge Screen\b|\(TV;|\bTV Safari\/|\bColt\/\d|\bPhilips, |, (?:wired|wireless)\)`,
    // Boxes and players beneath a television.
    String.raw`\bChromecast\b|\bTiVo\b|\bKreaTV\b|\bVSTVB|\bBDPlayer\b|\bBlu-?ray\b|\bstbapp\b|\bSTB\b|_STB_|\bSky_OTT|\bFreebox\b|\bWeb0S\b|; (?:X96|H96|T95|MXQ|A95X|HK1|UGOOS|Beelink|MINIX|NEO-[XU]\d|Tanix|Transpeed|Zidoo|Formuler|pendoo|MECOOL)`,
    String.raw`\bPlay[Ss]tation [2-9]|\bPLAYSTATION|\(PS[2-5]\b|\bXbox|\bNintendo (?:Switch|Wii)`,
  ].join('|'),
  'i',
);
/** Within one part of a comment, and no further: a part can have the word many times. */
const TV_MODEL = /;[^;)]*\bTV\b/i;
/** A phone that receives television has the word too. */
const TV_MODEL_AT_REST =
  /; [\w-]{1,30}TV(?:[ _-]\w{1,10})?(?: Build|[;)])|Safari\/[\d.]{3,9} TV\b|[\d_-]LED\d\d|LED\d\d[A-Z]\d|QLED\d\d/;

const TABLET =
  /\biPad\b|\bFBMD\/iPad|\bFBDV\/iPad|\bTablet(?! PC)\b|\bPlayBook\b|\bKindle\b|\bKF[A-Z]{2,6}\b|\bNexus (?:7|9|10)\b|\bMediaPad\b|\bSM-[TX]\d{3}|\bGT-P\d{4}|\bXoom\b|\bTouchPad\b|\bMatePad\b|\bLenovo TAB\b|\bTB-?[\dX]\w{2,6}\b|\biPlay ?\d|\/apad\b/i;
/** Words of a model's name. */
const TABLET_MODEL = /;[^;)]*[ _](?:Tab|Pad)[ _\d;)]/i;
const HUAWEI_TABLET = /\bHUAWEI.{0,20}PAD\b/i;
const PHONE =
  /\bMobile\b|\biPhone\b|\biPod\b|\bWindows Phone\b|\bIEMobile\b|\bOpera M(?:ini|obi)\b|\bKAIOS\b|\bBlackBerry|\bBB10\b|\bSymbian|\bJ2ME\b|\bMIDP\b|\(Phone;|\bPlay[Ss]tation (?:Vita|Portable)|\bNintendo 3DS|\bLumia\b|\bWPDesktop\b|\bSM-F\d{3}/i;
const DESKTOP =
  /\bWindows (?:NT|9[58]|Me)\b|\bWin(?:9[58x]|NT)\b|\bMac_PowerPC\b|\bHaiku\b|\bBeOS\b|\bAmiga|\bOS\/2\b|\bMacintosh\b|\bX11\b|\bCrOS\b|\bLinux (?:x86_64|i686)\b/;

const MAC = /\bMacintosh\b/;

/** `desktop`, `mobile`, `tablet` or `tv`. */
export function findDevice(userAgent: string): string | undefined {
  const saysMobile = /\bMobile\b|\bOpera M(?:ini|obi)\b/i.test(userAgent);
  if (TV.test(userAgent) || TV_MODEL.test(userAgent)) return 'tv';
  if (!saysMobile && TV_MODEL_AT_REST.test(userAgent)) return 'tv';
  if (/\b(?:Chrome|Pixel)book\b/.test(userAgent)) return 'desktop';
  if (isIPadAsMac(userAgent) || [TABLET, TABLET_MODEL, HUAWEI_TABLET].some((model) => model.test(userAgent)))
    return 'tablet';
  // Without the word, Android is a tablet's, unless it is a phone that is unfolded.
  if (/\bAndroid\b/.test(userAgent) && !saysMobile && !/\bSM-F\d{3}/.test(userAgent)) return 'tablet';
  if (PHONE.test(userAgent)) return 'mobile';
  return DESKTOP.test(userAgent) ? 'desktop' : undefined;
}

/** No Mac has the word: an app on an iPad that asks for pages as a Mac does. */
export const isIPadAsMac = (userAgent: string): boolean =>
  MAC.test(userAgent) && /\bMobile\/\w/.test(userAgent);

/**
 * Shapes of the screens of iPads, in CSS pixels: upright, as iPads always report them, at any of their scales. Monitors that
 * are turned are narrower for their height.
 */
function isIPadShape(screen: string): boolean {
  const [width = 0, height = 0] = screen.split('x').map(Number);
  return width >= 740 && width <= 1_200 && width / height > 0.65 && width / height < 0.78;
}

/** Whether what says it is a Mac is an iPad, whose browsers say so by default: no Mac has a touch screen. Without that, by its screen. */
export const isIPad = (
  userAgent: string,
  screen: string | undefined,
  touchPoints: number | undefined,
): boolean =>
  MAC.test(userAgent) &&
  /\bAppleWebKit\b/.test(userAgent) &&
  !/\bChrome\//.test(userAgent) &&
  (touchPoints === undefined ? screen !== undefined && isIPadShape(screen) : touchPoints > 1);
