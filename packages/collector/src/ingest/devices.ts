/** The operating system and the kind of device, where a user agent says more than the library reads. */

const SYSTEMS: readonly [name: string, token: RegExp][] = [
  ['Chrome OS', /\bCrOS\b/],
  ['KaiOS', /\bKAIOS\b/i],
  ['HarmonyOS', /\bOpenHarmony\b|\bHarmonyOS\b/i],
  ['Roku', /\bRoku\b/i],
  ['PlayStation 5', /\bPlay[Ss]tation 5/],
  ['PlayStation 4', /\bPlay[Ss]tation 4/],
  ['PlayStation 3', /\bPLAYSTATION 3|\bPlay[Ss]tation 3/],
  ['PlayStation Vita', /\bPlay[Ss]tation Vita/],
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
  ['Android', /\bAndroid\b|\bCrKey\b/],
];

export const findSystem = (userAgent: string): string | undefined =>
  SYSTEMS.find(([, token]) => token.test(userAgent))?.[0];

/** Televisions, sticks and consoles at one: by their makers' tokens, and models that are called a TV. */
const TV =
  /\bSMART-?TV\b|\b(?:Smart|Google|Android|Apple|Web|Inet|Inettv|Opera|Net|Hbb|Mi|Philips) ?TV\b|\bSmartTV|\bHbbTV\/|\bNETTV\/|\bNetCast\b|\bAppleTV|\bGoogleTV|\bBRAVIA\b|\bCrKey\b|\bRoku\b|; AFT[A-Z0-9]{1,9}\b|\bMiTV|\bMIBOX|\bMiBOX|\bVIDAA\b|\bViera\b|\bAQUOS(?:Browser|-TV)|\bWeb0S\b|\bSonyDTV|\bDTV\b|\bInettvBrowser|\bCE-HTML\b|\bMaple[ _]?\d|\bOMI\/\d|\bCobalt\/|\bPlay[Ss]tation [2-9]|\bPLAYSTATION|\bXbox\b|\bNintendo (?:Switch|Wii)|\bChromecast\b|\bLarge Screen\b/i;
/** Within one part of a comment, and no further: a part can have the word many times. */
const TV_MODEL = /;[^;)]*\bTV\b/i;

const TABLET =
  /\biPad\b|\bFBMD\/iPad|\bFBDV\/iPad|\bTablet(?! PC)\b|\bPlayBook\b|\bKindle\b|\bKF[A-Z]{2,6}\b|\bNexus (?:7|9|10)\b|\bMediaPad\b|\bSM-[TX]\d{3}|\bGT-P\d{4}|\bXoom\b|\bTouchPad\b|\bMatePad\b|\bLenovo TAB\b/i;
const HUAWEI_TABLET = /\bHUAWEI.{0,20}PAD\b/i;
const PHONE =
  /\bMobile\b|\biPhone\b|\biPod\b|\bWindows Phone\b|\bIEMobile\b|\bOpera M(?:ini|obi)\b|\bKAIOS\b|\bBlackBerry|\bBB10\b|\bSymbian|\bJ2ME\b|\bMIDP\b|\(Phone;|\bPlay[Ss]tation Vita|\bNintendo 3DS/i;
const DESKTOP = /\bWindows NT\b|\bMacintosh\b|\bX11\b|\bCrOS\b|\bLinux (?:x86_64|i686)\b/;

const MAC = /\bMacintosh\b/;

/** `desktop`, `mobile`, `tablet` or `tv`. */
export function findDevice(userAgent: string): string | undefined {
  if (TV.test(userAgent) || TV_MODEL.test(userAgent)) return 'tv';
  if (isIPadAsMac(userAgent) || TABLET.test(userAgent) || HUAWEI_TABLET.test(userAgent)) return 'tablet';
  // Without the word, Android is a tablet's.
  if (/\bAndroid\b/.test(userAgent) && !/\bMobile\b|\bOpera M(?:ini|obi)\b/i.test(userAgent)) return 'tablet';
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
