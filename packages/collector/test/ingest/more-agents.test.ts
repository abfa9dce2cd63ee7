/** Browsers, systems, devices and bots the world over, by what public lists of user agents have in them. */
import { describe, expect, it } from 'vitest';
import { isBot } from '../../src/ingest/bots.js';
import { createAgents } from '../../src/ingest/user-agent.js';

const describeAgent = createAgents();

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; K; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/136.0.7103.60 Mobile Safari/537.36';
const DESKTOP =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101';
const android = (device: string, rest = 'Mobile Safari/537.36') =>
  `Mozilla/5.0 (Linux; Android 11; ${device}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 ${rest}`;

describe('an in-app browser', () => {
  it.each([
    ['AliExpress', 'aliexpress', `${ANDROID} AliApp(AliexpressAndroid/8.28.0) UCBS/2.11.1.1`],
    ['Lazada', 'lazada', `${ANDROID} AliApp(LA/7.12.0) UCBS/2.11.1.1 TTID/600000@lazada_android_7.12.0`],
    [
      'Alipay',
      'alipay',
      `${ANDROID} Nebula AlipayDefined(nt:WIFI,ws:360|0|3.0) AliApp(AP/10.3.0) AlipayClient/10.3.0`,
    ],
    ['Amazon Shopping', 'amazon', `${ANDROID} AmazonWebView/Amazon/27.1.0/iOS/18.5/iPhone`],
    ['Ameba', 'ameba', `${IPHONE} CaDevice/1.0 (iPhone11,8) CaWebApp/1.0(jpameblo;13.8.0;ja;)`],
    ['Baidu Tieba', 'baidu', `${ANDROID} baidubrowser/5.3.4.0 (Baidu; P1 4.3.1) tieba/6.7.2`],
    ['Bing', 'bing', `${ANDROID} Sapphire/23.3.401205602`],
    ['Copilot', 'copilot', `${IPHONE} Safari/605.1.15 CopilotSapphire/1.0.180000000`],
    ['Doubao', 'doubao', `${DESKTOP} SamanthaDoubao/1.37.6`],
    ['Facebook', 'facebook', `${ANDROID} MetaIAB Facebook`],
    ['Gemini', 'gemini', `${IPHONE} GoogleWv/1.0 (WKWebView) GeminiiOS/1.2026.2270600`],
    ['Google App', 'google', `${ANDROID} NSTNWV/3.130.827293414.release.go`],
    ['Google News', 'google', `${IPHONE} Safari/605.1.15 GNews iOS/5.104.2200`],
    ['Grok', 'grok', `${IPHONE} Safari/604.1 GrokApp/1.3.92`],
    ['Kimi', 'kimi', `${ANDROID} Kimi/2.4.3`],
    ['Klarna', 'klarna', `${ANDROID} Klarna/23.36.215`],
    ['Lark', 'lark', `${IPHONE} Safari/604.1 Lark/5.29.6 LarkLocale/en_US ChannelName/Lark`],
    ['MSN', 'msn', `${IPHONE} Safari/605.1.15 NewsSapphire/1.0.400324001`],
    ['Microsoft Teams', 'teams', `${IPHONE} TeamsMobile-iOS`],
    ['Momo', 'momo', `${IPHONE} momoWebView/9.6.7 ios/5168(iPhone13,2;iOS 15.6.1;zh_CN;S1;netType/0)`],
    ['Nate', 'nate', `${ANDROID};ref:nate_app;appver:5.6.2;provider:TS`],
    ['SOOP', 'sooplive', `${IPHONE} Sooplive Webview/8.0.4 device_id=0;`],
    ['Spotify', 'spotify', DESKTOP.replace('Safari', 'Spotify/1.1.10.546 Safari')],
    [
      'WeChat',
      'wechat',
      `${ANDROID} MicroMessenger/8.0.15.2001(0x28000F41) Process/toolsmp WeChat/arm64 Weixin`,
    ],
    ['Weibo', 'weibo', `${IPHONE} WeiboliteiOS_iPhone_1070`],
    ['WhatsApp', 'whatsapp', DESKTOP.replace('Chrome', 'whatsapp-app/1.0.1 Chrome')],
    ['XING', 'xing', `${IPHONE} XING-iPhone/23.10.2 (iOS; Light; de)`],
    ['Yahoo', 'yahoo', `${IPHONE};super/4.21.4/iOS/26.1`],
    ['Yuanbao', 'yuanbao', `${IPHONE} YuanBao/2.77.0 app_version/2.77.0.41`],
    ['imo', 'imo', `${ANDROID} imoAndroid/2020.07.3051; 10; REL; M2004J19C; Redmi; play; phone; 2000MHz;`],
  ])('is %s', (browser, source, userAgent) => {
    const agent = describeAgent(userAgent);
    expect(agent).toMatchObject({ browser, source });
    expect(agent).not.toHaveProperty('bot');
  });
});

describe('a browser', () => {
  it.each([
    ['115 Browser', `${DESKTOP} 115Browser/35.2.0.3`],
    ['2345 Browser', `${ANDROID} Mb2345Browser/15.6.2`],
    ['AOL', DESKTOP.replace('Safari', 'AOLShield/123.0.6312.6-818 Safari')],
    ['Avast Secure Browser', ANDROID.replace('Safari', 'AvastSecureBrowser/7.5.2 Safari')],
    ['Avira Secure Browser', `${DESKTOP} Avira/131.0.0.0`],
    ['Baidu Browser', `${DESKTOP} BDSpark/26.4`],
    ['ChatGPT Atlas', `${DESKTOP} Atlas/1.0`],
    ['Comodo Dragon', DESKTOP.replace('Chrome', 'Dragon/98.0.4758.102 Chrome')],
    ['Comodo IceDragon', `${FIREFOX} Firefox/102.0 IceDragon/102.0`],
    ['Firefox', `${FIREFOX} Minefield/4.0b4pre`],
    ['Floorp', `${FIREFOX} Firefox/96.0 Floorp/8.3.6`],
    ['Ghostery', 'Mozilla/5.0 (Android 11; Mobile; rv:105.0; Ghostery:3.0) Gecko/105.0 Firefox/105.0'],
    ['HiBrowser', ANDROID.replace('Mobile', 'HiBrowser/v2.25.6.3;lang=es; Mobile')],
    ['Honor Browser', ANDROID.replace('Mobile', 'HonorBrowser/1.0.0 Mobile')],
    ['IceCat', `${FIREFOX} IceCat/102.0`],
    ['Konqueror', 'Mozilla/5.0 (X11; Linux) KHTML/4.3.4 (like Gecko) Konqueror/4.3'],
    ['MIUI Browser', `${ANDROID} XiaoMi/MiuiBrowser`],
    ['Maxthon', `${ANDROID} MxBrowser/4.5.10.7000`],
    ['Meta Quest Browser', ANDROID.replace('Chrome', 'OculusBrowser/26.2.0.0.10 SamsungBrowser/4.0 Chrome')],
    ['Microsoft Edge', `${ANDROID} EdgW/1.0`],
    ['Mullvad Browser', `${FIREFOX} MullvadBrowser/102.13.0`],
    ['Mypal', `${FIREFOX} Firefox/102.0 Mypal/74.1.4`],
    ['Opera Neon', `${DESKTOP} MMS/1.0.2459.0`],
    ['Pico Browser', ANDROID.replace('Chrome', 'PicoBrowser/3.3.38 Chrome')],
    ['Qwant', `${IPHONE} QwantMobile/6.7.6 Safari/605.1.15`],
    ['Sber Browser', `${DESKTOP} SberBrowser/21.0.0.0`],
    ['Slimjet', `${DESKTOP} Slimjet/20.0.2.0`],
    ['Smart Lenovo Browser', `${DESKTOP} SLBrowser/9.0.0.9011 SLBChan/10`],
    ['Tesla Browser', `${DESKTOP} Tesla/2020.16.2.1-e99c70fff409`],
    ['Vivaldi', `${IPHONE} Safari/604.1 VivaiOS/7.9.3974.10000`],
    ['Wolvic', 'Mozilla/5.0 (Android 12; Mobile VR; rv:121.0) Gecko/121.0 Firefox/121.0 Wolvic/1.6.1'],
    ['Yaani Browser', `${FIREFOX} Firefox/68.0 Turkcell-YaaniBrowser/6.1.0`],
    ['qutebrowser', DESKTOP.replace('Chrome', 'qutebrowser/2.4.0 QtWebEngine/5.15.6 Chrome')],
    // Part of another word, and a device's name.
    ['Chrome', DESKTOP.replace('Safari', 'CitizenFX/1.0.0.25775 Safari')],
    ['Chrome', android('Atlas Dragon')],
  ])('is %s', (browser, userAgent) => {
    expect(describeAgent(userAgent).browser).toBe(browser);
  });

  it.each([
    ['Brave', '"Brave Browser";v="141"'],
    ['Opera', '"OperaMobile";v="84"'],
    ['Opera', '"Opera Air";v="119"'],
    ['Opera Mini', '"Opera Mini Android";v="96"'],
    ['Microsoft Edge', '"Microsoft Edge WebView2";v="141"'],
    ['Yandex Browser', '"Yowser";v="2.5"'],
    ['Avast Secure Browser', '"AvastSecureBrowser";v="7"'],
    ['Norton Private Browser', '"Norton Secure Browser";v="131"'],
    ['Coc Coc', '"CocCoc";v="120"'],
    ['Huawei Browser', '"HuaweiBrowser";v="114"'],
    ['Chrome', '"Chromium";v="141", "Google Chrome";v="141", "Not?A_Brand";v="8"'],
  ])('is %s by Sec-CH-UA', (browser, brands) => {
    expect(describeAgent(DESKTOP, { brands: `"Chromium";v="141", ${brands}` }).browser).toBe(browser);
  });
});

describe('a device', () => {
  it.each([
    ['tablet', 'Android', android('TB300XU')],
    ['tablet', 'Android', android('Xiaomi Pad 6 Build/TKQ1')],
    ['tablet', 'Android', android('orange_Tab_7_4G')],
    ['tablet', 'Android', android('BQ-9055L', 'YaSearchBrowser/22.32.1/apad Mobile Safari/537.36')],
    ['mobile', 'Android', android('SM-F926N', 'Safari/537.36')],
    ['mobile', 'Windows', DESKTOP.replace('Win64; x64', 'ARM; Lumia 950 XL')],
    ['desktop', 'Chrome OS', android('HP Chromebook 13 G1', 'Safari/537.36')],
    [
      'desktop',
      'Solaris',
      'Mozilla/5.0 (X11; U; SunOS i86pc; en-US; rv:1.9.1.9) Gecko/20100525 Firefox/3.5.9',
    ],
    [
      'mobile',
      'Firefox OS',
      'Mozilla/5.0 (Mobile; ALCATEL ONE TOUCH 4012A; rv:18.1) Gecko/18.1 Firefox/18.1',
    ],
    ['tv', 'Android', android('AILETV Build/NHG47K', 'Safari/537.36')],
    ['tv', 'Android', android('X96mini', 'Safari/537.36')],
    ['tv', 'Android', android('HTY-43F06W', 'YaBrowser/24.1 (lite) TV Safari/537.36')],
    [
      'tv',
      'Linux',
      'Opera/9.80 (Linux mips; ) Presto/2.12.407 Version/12.51 MB95/3.3.6.X (TOSHIBA, Si2156LG32, wireless)',
    ],
    ['tv', 'Linux', 'Opera/9.80 (Linux mips) Presto/2.12.407 Version/12.51 , TiVo-Device/b-tcdclient'],
    ['tv', 'Windows', DESKTOP.replace('x64)', 'x64; XBOX_ONE_ED)')],
  ])('is a %s with %s', (device, os, userAgent) => {
    expect(describeAgent(userAgent)).toMatchObject({ device, os });
  });
});

describe('a bot', () => {
  it.each([
    'CopperEgg/RevealUptime/FrankfurtEU',
    `${DESKTOP} Yandex.Translate`,
    DESKTOP.replace('Safari', 'Webthumb/2.0 Safari'),
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/534.34 (KHTML, like Gecko) wkhtmltopdf Safari/534.34',
    'Mozilla/5.0 (Linux; Android 8.0; Pixel 2 Build/OPD3.170816.012; DuplexWeb-Google/1.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/74.0.3729.131 Mobile Safari/537.36',
    'Mozilla/5.0 (compatible; evc-batch/2.0.20160608212921)',
    'Python-urllib/2.7 (+http://crawler.example/about)',
    'Ruby, Twurly v1.1 (https://twurly.org)',
    `${DESKTOP} Assetnote/1.0.0`,
  ])('is %s', (userAgent) => {
    expect(isBot(userAgent)).toBe(true);
  });

  it.each([
    'Opera/9.80 NETTV/4.5.0 Mozilla/5.0 (Linux armv7i; CE-HTML/1.0; U; en) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/49.0.2623.75 Safari/537.36',
    'Opera/9.80 (Linux mips; HbbTV/1.2.1 (; Freesat/1.0; hdr1000s; 1.0.0; wired); ce-html/1.0) Presto/2.12.407 Version/12.50',
    'Mozilla/5.0 (SAMSUNG; SAMSUNG-GT-S8500/S8500XXJF4; U; Bada/1.0; fr-fr) AppleWebKit/533.1 (KHTML, like Gecko) Dolfin/2.0 Mobile',
    'Mozilla/5.0 (webOS/1.0; U; en-US) AppleWebKit/525.27.1 (KHTML, like Gecko) Version/1.0 Safari/525.27.1 Pre/1.0',
    `${ANDROID} SogouSearch Android1.0 version3.0 AppVersion/7702`,
    `${IPHONE} WebViewApp WallaNews/9.8.2/IOS`,
    `${ANDROID} Phone Hybrid() GooglePlayStore RobloxApp/2.448.411159 (GlobalDist; GooglePlayStore)`,
    'Mozilla/5.0 (Windows NT 6.2; Win64; x64) AppleWebKit/538.1 (KHTML, like Gecko) Google Earth Pro/7.3.3.7721 Safari/538.1',
    'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0; chromeframe/19.0.1084.52)',
    'Mozilla/5.0 (Macintosh; U; Intel Mac OS X 10_5_6; en-us) AppleWebKit/528.16 (KHTML, like Gecko) Fluid/0.9.6 Safari/528.16',
    android('Google Pixelbook Go', 'Safari/537.36'),
  ])('is not %s', (userAgent) => {
    expect(isBot(userAgent)).toBe(false);
  });
});
