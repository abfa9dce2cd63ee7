/** What a user agent says of browser, system and device, measured on traffic as it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { createAgents } from '../../src/ingest/user-agent.js';

const describeAgent = createAgents();

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; SM-S928B Build/AP3A.240905.015; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/136.0.7103.60 Mobile Safari/537.36';
const DESKTOP =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15';

/** What each app adds to the user agent of its web view, and the source that it is. */
const IN_APP: [name: string, source: string, userAgents: string[]][] = [
  [
    'Instagram',
    'instagram',
    [
      `${IPHONE} Mobile/22F76 Instagram 384.0.0.27.102 (iPhone16,2; iOS 18_5; en_US; en; scale=3.00; 1290x2796; 750284391)`,
      `${ANDROID} Instagram 384.0.0.45.85 Android (35/15; 450dpi; 1080x2340; samsung; SM-S928B; e3q; qcom; de_DE; 750284391)`,
    ],
  ],
  [
    'Facebook',
    'facebook',
    [
      `${IPHONE} Mobile/22F76 [FBAN/FBIOS;FBAV/515.0.0.38.105;FBBV/745600000;FBDV/iPhone16,2;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBCR/;FBID/phone;FBLC/en_US;FBOP/80]`,
      `${ANDROID} [FB_IAB/FB4A;FBAV/515.0.0.39.103;]`,
    ],
  ],
  [
    'Facebook Messenger',
    'facebook',
    [
      `${IPHONE} Mobile/22F76 [FBAN/MessengerForiOS;FBAV/510.0.0.34.109;FBDV/iPhone16,2;FBMD/iPhone;FBSN/iOS]`,
      `${ANDROID} [FB_IAB/Orca-Android;FBAV/510.0.0.29.110;]`,
    ],
  ],
  ['Threads', 'threads', [`${ANDROID} Barcelona 384.0.0.35.109 Android (35/15; 450dpi)`]],
  [
    'TikTok',
    'tiktok',
    [
      `${IPHONE} Mobile/15E148 musical_ly_39.8.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US`,
      `${ANDROID} trill_390803 JsSdk/1.0 NetType/WIFI AppName/trill app_version/39.8.3`,
      `${ANDROID} musical_ly_2023908030 BytedanceWebview/d8a21c6`,
    ],
  ],
  ['LINE', 'line', [`${IPHONE} Mobile/15E148 Safari Line/15.8.0`, `${ANDROID} Line/15.8.1/IAB`]],
  [
    'KakaoTalk',
    'kakaotalk',
    [`${IPHONE} Mobile/15E148 Safari/604.1 KAKAOTALK/25.4.2 (INAPP)`, `${ANDROID};KAKAOTALK 2410440`],
  ],
  [
    'Naver',
    'naver',
    [
      `${IPHONE} Mobile/15E148 Safari/605.1 NAVER(inapp; search; 2000; 12.12.5; 16PROMAX)`,
      `${ANDROID} NAVER(inapp; search; 2000; 12.12.51)`,
    ],
  ],
  [
    'WeChat',
    'wechat',
    [
      `${IPHONE} Mobile/22F76 MicroMessenger/8.0.59(0x18003b2f) NetType/WIFI Language/zh_CN`,
      `${ANDROID} MMWEBID/1 MicroMessenger/8.0.59.2880(0x28003B35) WeChat/arm64 Weixin NetType/WIFI`,
    ],
  ],
  [
    'Snapchat',
    'snapchat',
    [
      `${IPHONE} Version/18.5 Mobile/15E148 Snapchat/13.44.0.44 (like Safari/8621.2.5.10.8, panda)`,
      `${ANDROID} Snapchat/13.44.0.42 (SM-S928B; Android 15#S928B; gzip; )`,
    ],
  ],
  ['Pinterest', 'pinterest', [`${IPHONE} Mobile/22F76 [Pinterest/iOS]`, `${ANDROID} [Pinterest/Android]`]],
  ['X', 'x', [`${IPHONE} Mobile/22F76 Twitter for iPhone/11.4`, `${ANDROID} TwitterAndroid`]],
  ['LinkedIn', 'linkedin', [`${IPHONE} Mobile/22F76 [LinkedInApp]/9.31.1092`, `${ANDROID} [LinkedInApp]`]],
  [
    'Google App',
    'google',
    [`${IPHONE} GSA/370.0.762543316 Mobile/15E148 Safari/604.1`, `${ANDROID} GSA/16.20.45.sa.arm64`],
  ],
  [
    'Telegram',
    'telegram',
    [`${ANDROID} Telegram-Android/11.12.0 (Samsung SM-S928B; Android 15; SDK 35; HIGH)`],
  ],
  ['Reddit', 'reddit', [`${IPHONE} Mobile/22F76 Reddit/Version 2025.20.0/Build 618930/iOS Version 18.5`]],
  ['Discord', 'discord', [`${DESKTOP.replace('Chrome', 'discord/1.0.9193 Chrome')}`]],
  ['Slack', 'slack', [`${DESKTOP.replace('Chrome', 'Slack/4.43.51 Chrome')}`]],
  ['Weibo', 'weibo', [`${ANDROID} Weibo (samsung-SM-S928B__weibo__15.5.0__android__android15)`]],
  ['QQ', 'qq', [`${ANDROID} V1_AND_SQ_9.1.60_9388_YYB_D QQ/9.1.60.24370 NetType/WIFI`]],
  ['Alipay', 'alipay', [`${IPHONE} Mobile/22F76 Ariver/1.1.0 AliApp(AP/10.7.30) AlipayClient/10.7.30`]],
  ['Zalo', 'zalo', [`${ANDROID} Zalo android/12100755 ZaloTheme/light ZaloLanguage/vi`]],
  ['VK', 'vk', [`${ANDROID} VKAndroidApp/8.124-20961`]],
  ['Viber', 'viber', [`${ANDROID} Viber/25.5.0.0`]],
  ['Baidu App', 'baidu', [`${ANDROID} baiduboxapp/13.87.0.10 (Baidu; P1 15)`]],
];

const BROWSERS: [name: string, userAgent: string][] = [
  [
    'Samsung Internet for Android',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  ],
  ['UC Browser', `${ANDROID} UCBrowser/15.5.8.1327 U3/0.8.0`],
  [
    'QQ Browser',
    'Mozilla/5.0 (Linux; U; Android 13; zh-cn; V2203A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/15.5 Mobile Safari/537.36',
  ],
  ['Yandex Browser', `${DESKTOP.replace('Safari', 'YaBrowser/25.4.0.0 Safari')}`],
  ['NAVER Whale Browser', `${DESKTOP.replace('Safari', 'Whale/4.31.304.16 Safari')}`],
  [
    'MIUI Browser',
    'Mozilla/5.0 (Linux; U; Android 14; en-us; 23013RK75C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/19.5.110518',
  ],
  [
    'Huawei Browser',
    'Mozilla/5.0 (Linux; Android 12; NOH-AN00; HMSCore 6.14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 HuaweiBrowser/16.0.4.301 Mobile Safari/537.36',
  ],
  [
    'Opera Mini',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 12_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) OPiOS/16.0.15.124050 Mobile/16G77 Safari/9537.53',
  ],
  ['Opera GX', `${DESKTOP} OPR/118.0.0.0 (Edition GX)`.replace(' (Edition', ' Edition').replace('GX)', 'GX')],
  ['Opera', `${DESKTOP} OPR/118.0.0.0`],
  ['Vivaldi', `${DESKTOP} Vivaldi/7.3.3635.12`],
  ['Brave', `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1 Brave/1.78`],
  ['DuckDuckGo', `${IPHONE} Version/18.5 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15`],
  ['Ecosia', `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1 (Ecosia ios@11.0.1.2213)`],
  [
    'Amazon Silk',
    'Mozilla/5.0 (Linux; Android 11; KFSUWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/136.1.10 like Chrome/136.0.7103.60 Safari/537.36',
  ],
  ['Microsoft Edge', `${DESKTOP} Edg/141.0.0.0`],
  ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0'],
];

const DEVICES: [userAgent: string, os: string | undefined, device: string][] = [
  [
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Chrome OS',
    'desktop',
  ],
  [
    'Mozilla/5.0 (SMART-TV; LINUX; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/8.0 TV Safari/537.36',
    'Tizen',
    'tv',
  ],
  [
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.270 Safari/537.36 WebAppManager',
    'WebOS',
    'tv',
  ],
  [
    'Mozilla/5.0 (Linux; Android 9; AFTKA Build/PS7633) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/110.0.0.0 Mobile Safari/537.36',
    'Android',
    'tv',
  ],
  [
    'Mozilla/5.0 (Linux; Android 12; BRAVIA 4K UR2 Build/STT1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
    'Android',
    'tv',
  ],
  [
    'Mozilla/5.0 (PlayStation; PlayStation 5/10.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15',
    'PlayStation 5',
    'tv',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0',
    'Windows',
    'tv',
  ],
  [
    'Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/606.4 (KHTML, like Gecko) NF/6.0.1.15.4 NintendoBrowser/5.1.0.20393',
    'Nintendo Switch',
    'tv',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/136.0 Mobile/15E148 Safari/604.1',
    'iOS',
    'tablet',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Android',
    'tablet',
  ],
  [ANDROID, 'Android', 'mobile'],
  [
    'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; Tablet PC 2.0; rv:11.0) like Gecko',
    'Windows',
    'desktop',
  ],
];

describe('a user agent', () => {
  it.each(IN_APP)('of the in-app browser of %s is that, and the source', (name, source, userAgents) => {
    for (const userAgent of userAgents)
      expect(describeAgent(userAgent)).toMatchObject({ browser: name, source });
  });

  it.each(BROWSERS)('of %s is that', (name, userAgent) => {
    const agent = describeAgent(userAgent);
    expect(agent.browser).toBe(name);
    expect(agent.source).toBeUndefined();
  });

  it.each(DEVICES)('%s says system and device', (userAgent, os, device) => {
    expect(describeAgent(userAgent)).toMatchObject({ os, device });
  });

  it('of an iPad that says it is a Mac is known by its touch points, or its screen', () => {
    const iPad = { os: 'iOS', device: 'tablet', browser: 'Safari' };
    for (const screen of ['820x1180', '834x1210', '1032x1376', '744x1133'])
      expect(describeAgent(MAC, { screen })).toMatchObject(iPad);
    for (const screen of ['1440x900', '1728x1117', '1080x1920', '1200x1920'])
      expect(describeAgent(MAC, { screen })).toMatchObject({ os: 'macOS', device: 'desktop' });
    expect(describeAgent(MAC, { screen: '900x1400', touchPoints: 5 })).toMatchObject(iPad);
    expect(describeAgent(MAC, { screen: '820x1180', touchPoints: 0 })).toMatchObject({ device: 'desktop' });
    const chrome = DESKTOP.replace('Windows NT 10.0; Win64; x64', 'Macintosh; Intel Mac OS X 10_15_7');
    expect(describeAgent(chrome, { screen: '820x1180' })).toMatchObject({ os: 'macOS', device: 'desktop' });
  });

  it('is completed by its client hints', () => {
    const brands = '"Brave";v="141", "Not?A_Brand";v="8", "Chromium";v="141"';
    expect(describeAgent(DESKTOP, { brands }).browser).toBe('Brave');
    expect(describeAgent(DESKTOP, { brands: '"Google Chrome";v="141"' }).browser).toBe('Chrome');
    expect(describeAgent(DESKTOP, { brands: '"Made up";v="1"' }).browser).toBe('Chrome');
    const linux = DESKTOP.replace('Windows NT 10.0; Win64; x64', 'X11; Linux x86_64');
    expect(describeAgent(linux, { platform: '"Android"' })).toMatchObject({
      os: 'Android',
      device: 'tablet',
    });
  });

  it('gives no name that is not of the list', () => {
    for (const userAgent of [
      'EvilBrowser/1.0',
      'Mozilla/5.0 (X; Y) Made-Up/9.9',
      '<script>',
      'Ünïcode/1 (🦊)',
      'a'.repeat(20_000),
    ])
      expect(describeAgent(userAgent)).not.toHaveProperty('browser');
  });
});

interface Sample {
  userAgent: string;
  weight: number;
  deviceCategory: string;
  screenWidth: number;
  screenHeight: number;
}

/** Each in its words, by tokens that real traffic has, apart from what is tested. */
const EXPECTED_BROWSER: [RegExp, string][] = [
  [/Barcelona/, 'Threads'],
  [/Snapchat/, 'Snapchat'],
  [/GSA\//, 'Google App'],
  [/Ecosia/, 'Ecosia'],
  [/DuckDuckGo|Ddg\//, 'DuckDuckGo'],
  [/Brave/, 'Brave'],
  [/SamsungBrowser/, 'Samsung Internet for Android'],
  [/YaBrowser/, 'Yandex Browser'],
  [/OPT\//, 'Opera Touch'],
  [/OPR\//, 'Opera'],
  [/Edg(?:A|iOS)?\//, 'Microsoft Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/AppleWebKit/, 'Safari'],
];
const EXPECTED_OS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chrome OS'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
];

describe('real traffic', () => {
  const file = createRequire(import.meta.url)
    .resolve('user-agents')
    .replace(/[^/]*$/, 'user-agents.json');
  const samples = JSON.parse(readFileSync(file, 'utf8')) as Sample[];
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const share = (isRight: (sample: Sample) => boolean) =>
    samples.reduce((sum, sample) => sum + (isRight(sample) ? sample.weight : 0), 0) / total;
  const expected = (list: [RegExp, string][], { userAgent }: Sample) =>
    list.find(([token]) => token.test(userAgent))?.[1];
  /** Shapes that only iPads have: the data count them as Macs. */
  const isIPad = ({ userAgent, screenWidth, screenHeight }: Sample) =>
    /Macintosh.*Version\//.test(userAgent) &&
    [
      '810x1080',
      '820x1180',
      '834x1112',
      '834x1194',
      '834x1210',
      '768x1024',
      '1024x1366',
      '1032x1376',
      '744x1133',
      '954x1373',
    ].includes(`${screenWidth}x${screenHeight}`);
  const agentOf = ({ userAgent, screenWidth, screenHeight }: Sample) =>
    describeAgent(userAgent, { screen: `${screenWidth}x${screenHeight}` });

  it('has the right browsers, systems and devices, and no bots', () => {
    expect(samples.filter((sample) => agentOf(sample).bot)).toEqual([]);
    expect(
      share((sample) => agentOf(sample).browser === expected(EXPECTED_BROWSER, sample)),
    ).toBeGreaterThanOrEqual(0.999);
    expect(
      share((sample) => agentOf(sample).os === (isIPad(sample) ? 'iOS' : expected(EXPECTED_OS, sample))),
    ).toBeGreaterThanOrEqual(0.9999);
    expect(
      share((sample) => agentOf(sample).device === (isIPad(sample) ? 'tablet' : sample.deviceCategory)),
    ).toBeGreaterThanOrEqual(0.999);
  });
});
