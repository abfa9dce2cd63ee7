/** Well-known hosts and campaign names, the world over, and what kind of source each is. */

import { memoize } from '../cache/bounded-memo.js';

export type SourceKind = 'search' | 'social' | 'video' | 'shopping' | 'email' | 'ai';

export interface KnownSource {
  /** One name for all of its hosts, as `google`. */
  name: string;
  kind: SourceKind;
}

/**
 * By kind: `name: domains`, where `*` stands for any country's ending (`google.*` is google.com, google.co.kr …) and
 * every subdomain belongs to its domain, unless listed itself. The name, too, is known, as in `utm_source=naver`.
 */
const SOURCES: Record<SourceKind, Record<string, string>> = {
  search: {
    google: 'google.* com.google.android.googlequicksearchbox',
    bing: 'bing.com cn.bing.com',
    yahoo: 'search.yahoo.com search.yahoo.co.jp yahoo.*',
    duckduckgo: 'duckduckgo.com',
    baidu: 'baidu.com',
    yandex: 'yandex.* ya.ru',
    naver: 'naver.com',
    daum: 'daum.net',
    nate: 'nate.com',
    zum: 'zum.com',
    sogou: 'sogou.com',
    so360: 'so.com haosou.com',
    shenma: 'sm.cn',
    toutiao: 'so.toutiao.com',
    ecosia: 'ecosia.org',
    qwant: 'qwant.com',
    startpage: 'startpage.com',
    brave: 'search.brave.com',
    kagi: 'kagi.com',
    seznam: 'search.seznam.cz seznam.cz',
    coccoc: 'coccoc.com',
    rambler: 'rambler.ru',
    mailru: 'go.mail.ru',
    aol: 'search.aol.com aol.com',
    ask: 'ask.com',
    goo: 'goo.ne.jp',
    petal: 'petalsearch.com',
    mojeek: 'mojeek.com',
    onet: 'szukaj.onet.pl',
    virgilio: 'virgilio.it',
    walla: 'search.walla.co.il',
    parsijoo: 'parsijoo.ir',
  },
  social: {
    facebook: 'facebook.com fb.com fb.me com.facebook.katana messenger.com',
    instagram: 'instagram.com',
    threads: 'threads.net threads.com',
    x: 'x.com twitter.com t.co com.twitter.android',
    linkedin: 'linkedin.com lnkd.in com.linkedin.android',
    reddit: 'reddit.com com.reddit.frontpage',
    pinterest: 'pinterest.* pin.it',
    tiktok: 'tiktok.com',
    snapchat: 'snapchat.com',
    whatsapp: 'whatsapp.com wa.me',
    telegram: 't.me telegram.org org.telegram.messenger',
    discord: 'discord.com discord.gg',
    slack: 'slack.com com.slack',
    mastodon: 'mastodon.social mastodon.online mstdn.social',
    bluesky: 'bsky.app go.bsky.app',
    hackernews: 'news.ycombinator.com hckrnews.com',
    lobsters: 'lobste.rs',
    quora: 'quora.com',
    tumblr: 'tumblr.com',
    vk: 'vk.com vk.ru',
    ok: 'ok.ru',
    weibo: 'weibo.com weibo.cn',
    wechat: 'weixin.qq.com wechat.com',
    zhihu: 'zhihu.com',
    douban: 'douban.com',
    xiaohongshu: 'xiaohongshu.com xhslink.com',
    kakaotalk: 'kakao.com story.kakao.com',
    kakaostory: 'kakaostory.com',
    navercafe: 'cafe.naver.com m.cafe.naver.com',
    naverblog: 'blog.naver.com m.blog.naver.com',
    naverband: 'band.us',
    line: 'line.me',
    hatena: 'hatena.ne.jp',
    mixi: 'mixi.jp',
    note: 'note.com',
    zalo: 'zalo.me',
    xing: 'xing.com',
    medium: 'medium.com',
    github: 'github.com',
    stackoverflow: 'stackoverflow.com',
    producthunt: 'producthunt.com',
  },
  video: {
    youtube: 'youtube.com youtu.be com.google.android.youtube',
    vimeo: 'vimeo.com',
    twitch: 'twitch.tv',
    dailymotion: 'dailymotion.com',
    bilibili: 'bilibili.com b23.tv',
    douyin: 'douyin.com',
    niconico: 'nicovideo.jp',
    rutube: 'rutube.ru',
  },
  shopping: {
    amazon: 'amazon.*',
    ebay: 'ebay.*',
    etsy: 'etsy.com',
    aliexpress: 'aliexpress.*',
    naver_shopping: 'shopping.naver.com smartstore.naver.com',
    coupang: 'coupang.com',
    rakuten: 'rakuten.co.jp rakuten.com',
    taobao: 'taobao.com tmall.com',
    mercadolibre: 'mercadolibre.* mercadolivre.com.br',
    idealo: 'idealo.*',
  },
  email: {
    gmail: 'mail.google.com com.google.android.gm',
    outlook: 'outlook.live.com outlook.office.com outlook.office365.com',
    yahoo_mail: 'mail.yahoo.com mail.yahoo.co.jp',
    naver_mail: 'mail.naver.com',
    daum_mail: 'mail.daum.net',
    proton_mail: 'mail.proton.me',
    mailru_mail: 'e.mail.ru',
    qq_mail: 'mail.qq.com',
  },
  ai: {
    chatgpt: 'chatgpt.com chat.openai.com',
    claude: 'claude.ai',
    gemini: 'gemini.google.com bard.google.com',
    copilot: 'copilot.microsoft.com',
    perplexity: 'perplexity.ai',
    deepseek: 'chat.deepseek.com deepseek.com',
    mistral: 'chat.mistral.ai',
    grok: 'grok.com',
    doubao: 'doubao.com',
    kimi: 'kimi.com kimi.moonshot.cn',
    you: 'you.com',
  },
};

const byDomain = new Map<string, KnownSource>();
/** Domains whose ending varies by country, by the part before it. */
const byStem = new Map<string, KnownSource>();
const byName = new Map<string, KnownSource>([
  ['twitter', { name: 'x', kind: 'social' }],
  ['fb', { name: 'facebook', kind: 'social' }],
  ['ig', { name: 'instagram', kind: 'social' }],
  ['adwords', { name: 'google', kind: 'search' }],
]);
for (const [kind, sources] of Object.entries(SOURCES)) {
  for (const [name, domains] of Object.entries(sources)) {
    const known: KnownSource = { name, kind: kind as SourceKind };
    byName.set(name, known);
    for (const domain of domains.split(' ')) {
      if (domain.endsWith('.*')) byStem.set(domain.slice(0, -2), known);
      else byDomain.set(domain, known);
    }
  }
}

/** The source that a host, or a campaign's name, stands for. */
export const findKnownSource = (hostOrName: string | undefined): KnownSource | undefined =>
  hostOrName ? lookUp(hostOrName) : undefined;

/** Hosts and campaigns to be remembered: a site has few, and to look one up takes as long as to validate ten fields. */
const MAX_CACHED = 1_000;

const lookUp = memoize(MAX_CACHED, (hostOrName) => byName.get(hostOrName) ?? findByHost(hostOrName));

/** Hosts of known domains where people work instead of searching or shopping: a link from there is a referral. */
const NO_SOURCES = new Set(
  ['accounts', 'calendar', 'classroom', 'docs', 'drive', 'groups', 'meet', 'sites']
    .map((name) => `${name}.google.com`)
    .concat('aws.amazon.com', 'console.aws.amazon.com'),
);

/** `com`, `cat`, `de`, `co.kr`, `com.au`: what may stand behind a stem, and nothing else, as in `google.ibm.com`. */
const COUNTRY_ENDING = /^(?:com|cat|[a-z]{2}|com?\.[a-z]{2})$/;

function findByHost(host: string): KnownSource | undefined {
  const labels = host
    .replace(/^www\./, '')
    .replace(/\.$/, '')
    .split('.');
  for (let index = 0; index < labels.length - 1; index += 1) {
    const domain = labels.slice(index).join('.');
    if (NO_SOURCES.has(domain)) return undefined;
    const known = byDomain.get(domain);
    if (known) return known;
  }
  for (const length of [1, 2]) {
    const stem = byStem.get(labels.at(-length - 1) ?? '');
    if (stem && COUNTRY_ENDING.test(labels.slice(-length).join('.'))) return stem;
  }
  return undefined;
}
