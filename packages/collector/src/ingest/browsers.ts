/** Browsers that name themselves by a public token: those in apps, and those of single countries or makers. */
import { findByToken } from './browser-tokens.js';
import { IN_APP } from './in-app-browsers.js';

export interface NamedBrowser {
  name: string;
  /** Of an in-app browser: the source of a visit that has neither a referrer nor a campaign, as `known-sources` names it. */
  source?: string;
}

/** Of countries and makers, and those that the library takes for another. */
const BROWSERS: readonly [name: string, token: RegExp][] = [
  ['Pico Browser', /\bPicoBrowser\//],
  ['Meta Quest Browser', /\bOculusBrowser\//],
  ['Samsung Internet for Android', /\bSamsungBrowser\//i],
  ['Opera Mini', /\bOpera Mini\b|\bOPiOS\//i],
  ['Opera GX', /\bOPX\/|\bOPRGX\/|\bOPR\/.{0,20}\bEdition (?:GX|Campaign \d{1,4} GX)/i],
  ['Opera Touch', /\bOPT\/\d/],
  ['Huawei Browser', /\bHuaweiBrowser\/|\bHBPC\//i],
  ['MIUI Browser', /\bMiuiBrowser\b/i],
  ['Mint Browser', /\bMint Browser\//i],
  ['Oppo Browser', /\bOppoBrowser\//i],
  ['Realme Browser', /\bRealmeBrowser\//i],
  ['Quark', /\bQuark(?:PC)?\/\d/i],
  ['Baidu Browser', /\bbaidubrowser\b|\bbdbrowser|\bBIDUBrowser\b|\bbaiduBrowser|\bbaidubrowserrdc/i],
  ['360 Browser', /\b360SE\b|\b360EE\b|\bQIHU\b|\bQHBrowser\b|\b360 ?Aphone|\b360browser/i],
  ['Sogou Browser', /\bSogouMobileBrowser\/|\bSogouMSE\b|\bMetaSr\b|\bSE 2\.X\b/i],
  ['2345 Browser', /\b2345(?:Explorer|chrome|Browser)\b/i],
  ['Liebao', /\bLBBROWSER\b|\bLieBaoFast\//i],
  ['Coc Coc', /\bcoc_coc_browser\//i],
  ['Aloha', /\bAlohaBrowser\/|\bABB\/\d/],
  ['Phoenix Browser', /\bPHX\/\d/],
  ['Ecosia', /\(Ecosia |\bEcosia\b/],
  ['DuckDuckGo', /\bDuckDuckGo\/\d|\bDdg\//i],
  ['Brave', /\bBrave(?: Chrome|\/|$|[ ;)])/i],
  ['Firefox Focus', /\b(?:Focus|Klar)\/\d/],
  ['Iron', /\bIron(?:\/| Safari)/],
  ['Kiwi', /\bKiwi(?:Browser)?\/\d/],
  ['Dolphin', /\bDolphin(?:\/INT|\/\d|HDCN|http)/i],
  ['Mi Browser', /\bXiaoMi\/Browser\//i],
  ['Seznam Browser', /\bSznProhlizec\/|\bSeznam(?:zpravy)?\/\d/i],
  ['Atom', /\bAtom\/[\d.]{1,20} Safari\//],
  ['LG Browser', /\bLG Browser\/|\bLG-?Browser/i],
  ['UC Browser', /\bUCWEB|\bUCBrowser\/|\bUBrowser\/|\bUCMini\b/i],
  ['Cobalt', /\bCobalt\/\d/],
  ['PlayStation', /\bPlay[Ss]tation\b/],
  ['Nintendo Browser', /\bNintendoBrowser\/|\bNintendo (?:3DS|WiiU|Switch)/],
  ['KaiOS Browser', /\bKAIOS\//i],
  ['Tesla Browser', /\bQtCarBrowser\b/],
  ['Steam', /\bValve (?:Steam|Client)\b/],
  ['Opera Neon', / Safari\/[\d.]{3,9} MMS\/\d/],
  ['Amigo', /\bMRCHROME\b|\bAmigo\/\d/],
  ['Ghostery', /\bGhostery\b/],
  ['Avant Browser', /\bAvant Browser\b/],
  ['Lunascape', /\bi?Lunascape/],
  ['AOL', /; AOL \d|\bAOL-\w/],
  ['TheWorld', /\bTheWorld\b/i],
  ['Firefox Reality', /Mobile VR; rv:[\d.]+\) Gecko\/[\d.]+ Firefox\/\d[\d.]*$/],
  ['Microsoft Edge', /\bEdgW\/\d/],
];

export function findNamedBrowser(userAgent: string): NamedBrowser | undefined {
  const app = IN_APP.find(([, , token]) => token.test(userAgent));
  if (app) return { name: app[0], source: app[1] };
  const name = BROWSERS.find(([, token]) => token.test(userAgent))?.[0] ?? findByToken(userAgent);
  return name === undefined ? undefined : { name };
}

/** Brands of `Sec-CH-UA` whose user agent says Chrome alone. */
const BRANDS: readonly [name: string, brand: RegExp][] = [
  ['Brave', /"Brave(?: Browser)?"/],
  ['Opera GX', /"Opera GX/],
  ['Opera Mini', /"Opera Mini/],
  ['Opera', /"Opera(?: \w+|Mobile)?"/],
  ['Microsoft Edge', /"(?:Microsoft )?Edge(?: WebView2)?"/],
  ['Vivaldi', /"Vivaldi"/],
  ['Yandex Browser', /"YaBrowser"|"Yandex"|"Yowser"|"YaSearchBrowser"/],
  ['NAVER Whale Browser', /"Whale"/],
  ['Samsung Internet for Android', /"Samsung Internet"/],
  ['DuckDuckGo', /"DuckDuckGo"/],
  ['Avast Secure Browser', /"Avast ?Secure ?Browser"/],
  ['AVG Secure Browser', /"AVG Secure Browser"/],
  ['Avira Secure Browser', /"Avira Secure Browser"/],
  ['CCleaner Browser', /"CCleaner Browser"/],
  ['Norton Private Browser', /"Norton (?:Private|Secure) Browser"/],
  ['Coc Coc', /"CocCoc"|"Coc Coc"/],
  ['Huawei Browser', /"HuaweiBrowser"/],
  ['MIUI Browser', /"Miui ?Browser"|"XiaoMiBrowser"/i],
  ['Seznam Browser', /"SznProhlizec"|"Seznam/],
  ['Aloha', /"Aloha Browser"/],
  ['Ecosia', /"Ecosia"/],
  ['Hola Browser', /"Hola"/],
  ['Wavebox', /"Wavebox"/],
  ['Atom', /"Atom"/],
  ['Meta Quest Browser', /"Oculus Browser"|"Meta Quest Browser"/],
];

/** @param brands the header `Sec-CH-UA` */
export const findBrand = (brands: string): string | undefined =>
  BRANDS.find(([, brand]) => brand.test(brands))?.[0];

/** What the library finds by a word that other user agents have too, as the name of a device: the token that it must be. */
const STRICT: Readonly<Record<string, RegExp>> = {
  Focus: /\bFocus\/\d/i,
  Swing: /\bSwing\//i,
  'Opera Coast': /\bCoast\/\d/i,
  Opera: /\bOpera\b|\bOPR\/|\bOPiOS\//i,
  'NAVER Whale Browser': /\bWhale\/\d/i,
  PhantomJS: /\bPhantomJS\b/i,
  'Amazon Silk': /\bSilk(?:\/|-)/i,
  Sailfish: /\bSailfish(?:Browser)?\b/i,
  Bada: /\bBada\b/i,
  Tizen: /\bTizen\b/i,
  Puffin: /\bPuffin\//i,
  Epiphany: /\bEpiphany\//i,
  Electron: /\bElectron\//i,
  'Internet Explorer': /\bMSIE \d|\bTrident\//i,
};

/** Whether the library's name is said by a token, not by a part of another word. */
export const isSaid = (name: string, userAgent: string): boolean => STRICT[name]?.test(userAgent) ?? true;

/** By the engine, where nothing else is known. */
export function findEngineBrowser(userAgent: string): string | undefined {
  if (/\bFirefox\/|\bFxiOS\//.test(userAgent)) return 'Firefox';
  if (/\bChrome\/|\bCriOS\//.test(userAgent)) return 'Chrome';
  return /\bSafari\/|\bAppleWebKit\//.test(userAgent) ? 'Safari' : undefined;
}
