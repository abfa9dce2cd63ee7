/** Names of channels and device types; URLs, filters and the API keep the words on the left. */
import { defineMessages } from './define-messages.js';

export const VALUE_NAMES = defineMessages({
  en: {
    organic_search: 'Organic search',
    paid_search: 'Paid search',
    organic_social: 'Organic social',
    paid_social: 'Paid social',
    organic_video: 'Organic video',
    paid_video: 'Paid video',
    organic_shopping: 'Organic shopping',
    paid_shopping: 'Paid shopping',
    paid_other: 'Paid other',
    cross_network: 'Cross-network',
    direct: 'Direct',
    internal: 'Internal',
    referral: 'Referral',
    email: 'Email',
    display: 'Display',
    affiliate: 'Affiliate',
    sms: 'SMS',
    push: 'Push notification',
    audio: 'Audio',
    ai_assistant: 'AI assistant',
    campaign: 'Campaign',
    desktop: 'Desktop',
    mobile: 'Mobile',
    tablet: 'Tablet',
    tv: 'TV',
  },
  ko: {
    organic_search: '자연 검색',
    paid_search: '유료 검색',
    organic_social: '자연 소셜',
    paid_social: '유료 소셜',
    organic_video: '자연 동영상',
    paid_video: '유료 동영상',
    organic_shopping: '자연 쇼핑',
    paid_shopping: '유료 쇼핑',
    paid_other: '기타 유료',
    cross_network: '교차 네트워크',
    direct: '직접 유입',
    internal: '내부',
    referral: '추천',
    email: '이메일',
    display: '디스플레이 광고',
    affiliate: '제휴',
    sms: 'SMS',
    push: '푸시 알림',
    audio: '오디오',
    ai_assistant: 'AI 어시스턴트',
    campaign: '캠페인',
    desktop: '데스크톱',
    mobile: '모바일',
    tablet: '태블릿',
    tv: 'TV',
  },
});

/** Known sources that are written otherwise than with a capital first letter. The same in every language. */
export const SOURCE_NAMES: Readonly<Record<string, string>> = {
  hackernews: 'Hacker News',
  duckduckgo: 'DuckDuckGo',
  kakaotalk: 'KakaoTalk',
  kakaostory: 'KakaoStory',
  navercafe: 'Naver Cafe',
  naverblog: 'Naver Blog',
  naverband: 'BAND',
  so360: '360 Search',
  mailru: 'Mail.ru',
  aol: 'AOL',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  whatsapp: 'WhatsApp',
  vk: 'VK',
  ok: 'OK',
  wechat: 'WeChat',
  line: 'LINE',
  github: 'GitHub',
  stackoverflow: 'Stack Overflow',
  producthunt: 'Product Hunt',
  youtube: 'YouTube',
  ebay: 'eBay',
  aliexpress: 'AliExpress',
  naver_shopping: 'Naver Shopping',
  mercadolibre: 'Mercado Libre',
  yahoo_mail: 'Yahoo Mail',
  naver_mail: 'Naver Mail',
  daum_mail: 'Daum Mail',
  proton_mail: 'Proton Mail',
  mailru_mail: 'Mail.ru',
  qq_mail: 'QQ Mail',
  chatgpt: 'ChatGPT',
  deepseek: 'DeepSeek',
};

/** Known sources that take a capital first letter, which no one else's campaign does. */
export const CAPITALIZED_SOURCES: ReadonlySet<string> = new Set(
  (
    'google bing yahoo baidu yandex naver daum nate zum sogou shenma toutiao ecosia qwant startpage brave kagi seznam ' +
    'rambler mojeek facebook instagram threads x reddit pinterest snapchat telegram discord slack mastodon bluesky ' +
    'lobsters quora tumblr weibo zhihu douban xiaohongshu hatena mixi note zalo xing medium vimeo twitch dailymotion ' +
    'bilibili douyin niconico rutube amazon etsy coupang rakuten taobao idealo gmail outlook claude gemini copilot ' +
    'perplexity mistral grok doubao kimi'
  ).split(' '),
);
