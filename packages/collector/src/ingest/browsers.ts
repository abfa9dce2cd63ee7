/**
 * Browsers that name themselves by a public token in their user agent: in-app browsers of social networks and messengers,
 * which are built on the system's browser and look like it, and browsers of single countries or makers.
 */

export interface NamedBrowser {
  name: string;
  token: RegExp;
  /** Of an in-app browser: the source of a visit that has neither a referrer nor a campaign, as `known-sources` names it. */
  source?: string;
}

/** The first one that matches: an app that shows another's pages, as Messenger shows Facebook's, comes before it. */
const IN_APP: readonly [name: string, source: string, token: RegExp][] = [
  ['Facebook Messenger', 'facebook', /\bFB(?:AN|_IAB)\/(?:Messenger|MESSENGER|Orca)/i],
  ['Threads', 'threads', /\bBarcelona \d/],
  ['Instagram', 'instagram', /\bInstagram[ /]\d|\bFBAN\/Instagram/i],
  ['Facebook', 'facebook', /\bFB(?:AN|AV|BV|_IAB|IOS|4A|FAN)\b|\[FB_?IAB|\bMetaIAB\b|\bFacebook\/\d/],
  ['Douyin', 'douyin', /\baweme[_/]|\bDouyin\b/i],
  ['Toutiao', 'toutiao', /\bNewsArticle\/|\bNewsLite\/|ToutiaoMicroApp/],
  ['TikTok', 'tiktok', /\bmusical_?ly|\btrill_\d|\bTikTok\b|\bBytedanceWebview\b|\bultralite app_version/i],
  ['WeChat Work', 'wechat', /\bwxwork\//i],
  ['WeChat', 'wechat', /\bMicroMessenger\/|\bWeChat\/\d/i],
  ['Weibo', 'weibo', /\bWeibo\b|__weibo__/i],
  ['Xiaohongshu', 'xiaohongshu', /\bxiaohongshu\b|\bdiscover\/\d[\d.]+ NetType|\bXHS[/-]/i],
  ['Zhihu', 'zhihu', /\bZhihuHybrid\b|\bosee2unifiedRelease\b|\bFutureve\//i],
  ['Bilibili', 'bilibili', /\bBiliApp\/|\bbili-(?:universal|inter|hd)\//i],
  ['Kuaishou', 'kuaishou', /\bKwai(?:_Lite|_Pro)?\/|\bksNebula\/|\bKWAI_/i],
  ['Alipay', 'alipay', /\bAlipayClient\/|\bAliApp\(AP\//i],
  ['Taobao', 'taobao', /\bAliApp\((?:TB|LT|TM)\//],
  ['DingTalk', 'dingtalk', /\bDingTalk\/|\bAliApp\(DingTalk/i],
  ['JD', 'jd', /\bjdapp[;/]/i],
  ['QQ', 'qq', /\bQQ\/\d|\bV1_(?:AND|IPH)_SQ_/],
  ['LINE', 'line', /\bLine\/\d/i],
  ['KakaoTalk', 'kakaotalk', /\bKAKAOTALK\b/i],
  ['KakaoStory', 'kakaostory', /\bKAKAOSTORY\b/i],
  ['Daum', 'daum', /\bDaumApps\/|\bDaum(?:Device)?\/\d/i],
  ['Naver Cafe', 'navercafe', /\bNAVER\(inapp; cafe/i],
  ['Naver Blog', 'naverblog', /\bNAVER\(inapp; blog/i],
  ['Naver Band', 'naverband', /\bBAND\/\d/],
  ['Naver', 'naver', /\bNAVER\((?:inapp|higgs)|\bNAVER\/\d|\bnaversearchapp/i],
  ['Snapchat', 'snapchat', /\bSnapchat\b/],
  [
    'Pinterest',
    'pinterest',
    /\[Pinterest\/(?:iOS|Android)|\bPinterest for (?:iOS|Android)|\bPinterest\/\d[\d.]{0,20}(?: \(|$)/i,
  ],
  ['X', 'x', /\bTwitterAndroid\b|\bTwitter for (?:iPhone|iPad|Android|Mac)|\bTwitter\/\d/i],
  ['LinkedIn', 'linkedin', /\bLinkedInApp\b|\bLinkedIn\/\d/i],
  ['Telegram', 'telegram', /\bTelegram(?:-(?:Android|iOS|Desktop|X))?\/|\bTelegram (?:Android|iOS)/],
  ['Reddit', 'reddit', /\bReddit\/|\bRedditAndroid\b/i],
  ['Discord', 'discord', /\bDiscord(?:-Android)?\/\d|\bdiscord\/\d/],
  ['Slack', 'slack', /\bSlack(?:_SSB|Desktop)?\/\d|\bcom\.tinyspeck\.chatlyio\b/],
  ['Microsoft Teams', 'teams', /\bTeams(?:Mobile-(?:iOS|Android))?\/\d/],
  ['WhatsApp', 'whatsapp', /^Mozilla.*\bWhatsApp\//],
  ['Viber', 'viber', /\bViber\b/],
  ['Zalo', 'zalo', /\bZalo(?:\/| (?:android|iOS)\/)/i],
  ['VK', 'vk', /\bVK(?:AndroidApp|Client|\/\d)|\bcom\.vk\.v?kclient/],
  ['Odnoklassniki', 'ok', /\bOkApp\b|\bOdnoklassniki[/-]/i],
  ['Skype', 'skype', /\bSkype\/\d|\bSkypeWebPreview\b/],
  ['Signal', 'signal', /\bSignal-(?:Android|iOS)\//],
  ['Tumblr', 'tumblr', /\bTumblr\/\d|\bTumblr (?:for )?(?:iPhone|iPad|Android)/i],
  ['Quora', 'quora', /\bQuora \d|\bQuora\/\d/],
  ['Nextdoor', 'nextdoor', /\bNextdoor\//i],
  ['Bluesky', 'bluesky', /\bBluesky\/\d/i],
  ['Flipboard', 'flipboard', /\bFlipboard\/\d|\bFlipboard-(?:Briefing|Android)/],
  ['SmartNews', 'smartnews', /\bSmartNews\b|\bjp\.gocro\.smartnews/i],
  ['Yahoo! Japan', 'yahoo', /\bYJApp-(?:IOS|ANDROID)\b|\bYahooJapan\b|\bYJTOP\b/i],
  ['Outlook', 'outlook', /\bOutlook-(?:iOS|Android)\b|\bMicrosoft Outlook\b/],
  ['Bing', 'bing', /\bBingSapphire\/|\bBingWeb\//],
  ['Yandex', 'yandex', /\bYaApp_(?:Android|iOS)|\bYandexSearch\/|\bYaSearchApp/i],
  ['Google App', 'google', /\bGSA\/\d|\bGoogleApp\//],
  ['Baidu App', 'baidu', /\bbaiduboxapp\b|\bbaiduboxpad\b|\bbaiduhi\b/i],
];

/** Of countries and makers, and those that the library takes for another. */
const BROWSERS: readonly [name: string, token: RegExp][] = [
  ['Samsung Internet for Android', /\bSamsungBrowser\//i],
  ['Opera Mini', /\bOpera Mini\b|\bOPiOS\//i],
  ['Opera GX', /\bOPX\/|\bOPRGX\/|\bOPR\/.{0,20}\bEdition (?:GX|Campaign \d{1,4} GX)/i],
  ['Opera Touch', /\bOPT\/\d/],
  ['Huawei Browser', /\bHuaweiBrowser\/|\bHBPC\//i],
  ['MIUI Browser', /\b(?:Xiaomi\/)?MiuiBrowser\//i],
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
  ['Vivaldi', /\bVivaldi\//],
  ['Meta Quest Browser', /\bOculusBrowser\//],
  ['Firefox Focus', /\b(?:Focus|Klar)\/\d/],
  ['Waterfox', /\bWaterfox\//],
  ['Basilisk', /\bBasilisk\//],
  ['Falkon', /\bFalkon\//],
  ['Konqueror', /\bKonqueror\//i],
  ['Avast Secure Browser', /\bAvast\/\d/],
  ['AVG Secure Browser', /\bAVG\/\d/],
  ['CCleaner Browser', /\bCCleaner\/\d/],
  ['Norton Private Browser', /\bNorton\/\d/],
  ['Comodo Dragon', /\bComodo_Dragon\//],
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
];

const NAMED: readonly NamedBrowser[] = [
  ...IN_APP.map(([name, source, token]) => ({ name, source, token })),
  ...BROWSERS.map(([name, token]) => ({ name, token })),
];

export const findNamedBrowser = (userAgent: string): NamedBrowser | undefined =>
  NAMED.find(({ token }) => token.test(userAgent));

/** Brands of `Sec-CH-UA` whose user agent says Chrome alone. */
const BRANDS: readonly [name: string, brand: RegExp][] = [
  ['Brave', /"Brave"/],
  ['Opera GX', /"Opera GX"/],
  ['Opera', /"Opera"/],
  ['Microsoft Edge', /"Microsoft Edge"/],
  ['Vivaldi', /"Vivaldi"/],
  ['Yandex Browser', /"YaBrowser"|"Yandex"/],
  ['NAVER Whale Browser', /"Whale"/],
  ['Samsung Internet for Android', /"Samsung Internet"/],
  ['DuckDuckGo', /"DuckDuckGo"/],
  ['Avast Secure Browser', /"Avast Secure Browser"/],
  ['AVG Secure Browser', /"AVG Secure Browser"/],
  ['Norton Private Browser', /"Norton Private Browser"/],
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
