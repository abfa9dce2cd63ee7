#!/usr/bin/env node
/**
 * Writes src/ingest/bot-list.ts from the public list of crawlers, a development dependency, and a checkout of the public list
 * of AI crawlers:
 *
 *   git clone https://github.com/ai-robots-txt/ai.robots.txt
 *   node scripts/bot-list.mjs ai.robots.txt
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [aiRobots] = process.argv.slice(2);
if (!aiRobots) throw new Error('usage: bot-list.mjs AI_ROBOTS_TXT');

const git = (folder, ...args) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
const robots = JSON.parse(git(aiRobots, 'show', 'HEAD:robots.json'));
const robotsDate = git(aiRobots, 'log', '-1', '--format=%cs').trim();
const require = createRequire(import.meta.url);
const crawlers = require('crawler-user-agents');
const { version } = JSON.parse(
  readFileSync(require.resolve('crawler-user-agents').replace(/[^/]+$/, 'package.json'), 'utf8'),
);

/** Patterns that are more than a text, as the texts that they stand for. None: a text of another pattern is in what it matches. */
const TEXTS = {
  'AdsBot-Google([^-]|$)': ['AdsBot-Google'],
  '[wW]get': ['Wget'],
  '(sistrix|SISTRIX) [cC]rawler': ['SISTRIX Crawler'],
  'Ahrefs(Bot|SiteAudit)': ['AhrefsBot', 'AhrefsSiteAudit'],
  'S[eE][mM]rushBot': ['SemrushBot'],
  'Livelap[bB]ot': ['LivelapBot'],
  '[pP]ingdom': ['Pingdom'],
  'Bark[rR]owler': ['Barkrowler'],
  '(^| )sentry\\/': ['sentry/'],
  '[Cc]urebot': ['Curebot'],
  'BlogTraffic\\/\\d\\.\\d+ Feed-Fetcher': ['BlogTraffic/'],
  '(^| )PTST\\/': ['PTST/'],
  '[cC]laude[bB]ot': ['ClaudeBot'],
  '[aA]cunetix': ['Acunetix'],
  '[dD]ir[Bb]uster': ['DirBuster'],
  '[mM]echanize': ['Mechanize'],
  'Automaton|Newsify Feed Fetcher': ['Automaton', 'Newsify Feed Fetcher'],
  'Chirp|gotosocial': ['gotosocial'],
  '[cC]ludo': ['Cludo'],
  'ContextualBot[\\s\\S]*outcomes\\.net': ['ContextualBot'],
  'Current[\\s\\S]*RSS Reader': [],
  'Netumo|netumo': ['Netumo'],
  'Spider[\\s\\S]*spider\\.com': [],
  GoogleAssociationService$: ['GoogleAssociationService'],
  'SSL Labs$': ['SSL Labs'],
  'yandex\\.com\\/bots': ['YandexBot', 'YandexImages', 'YandexMobileBot', 'YandexAccessibilityBot', 'Yandex'],
};

/** What a bot's tags say it is; the first of them counts. */
const CATEGORIES = [
  ['ai-crawler', 'ai_crawler'],
  ['social-preview', 'preview'],
  ['monitoring', 'monitor'],
  ['browser-automation', 'program'],
  ['http-library', 'program'],
];
/** Names of the second list that are words of other user agents too, or no bot by themselves. */
const NO_NAME =
  /^(Code|Operator|OpenAI|Cursor|Trae|Spider|UseAI|LCC|YaK|opencode|Scrapy|PetalBot|Panscient.*|panscient.*|quillbot.*|facebookexternalhit|iaskspider.*|Lightpanda)$/;

/** Hosts that describe bots of others, and ones where anybody's are. */
const NO_OPERATOR =
  /(^|\.)(datadome\.co|knownagents\.com|github\.com|github\.io|gitlab\.com|w3\.org|useragentstring\.com|useragents\.io|udger\.com|wikipedia\.org|example\.com|sourceforge\.net|npmjs\.com|pypi\.org|google\.com\/search|whatismybrowser\.com|distilnetworks\.com|botreports\.com|developers\.whatismybrowser\.com|myip\.ms|apache\.org|archive\.is)$/;
const OPERATORS = {
  'google.com': 'Google',
  'googleblog.com': 'Google',
  'bing.com': 'Microsoft',
  'microsoft.com': 'Microsoft',
  'live.com': 'Microsoft',
  'msn.com': 'Microsoft',
  'skype.com': 'Microsoft',
  'linkedin.com': 'LinkedIn',
  'facebook.com': 'Meta',
  'whatsapp.com': 'Meta',
  'instagram.com': 'Meta',
  'apple.com': 'Apple',
  'amazon.com': 'Amazon',
  'amazonaws.com': 'Amazon',
  'yahoo.com': 'Yahoo',
  'yahoo.co.jp': 'Yahoo Japan',
  'yandex.com': 'Yandex',
  'yandex.ru': 'Yandex',
  'baidu.com': 'Baidu',
  'sogou.com': 'Sogou',
  'naver.com': 'Naver',
  'daum.net': 'Kakao',
  'kakao.com': 'Kakao',
  'seznam.cz': 'Seznam',
  'duckduckgo.com': 'DuckDuckGo',
  'openai.com': 'OpenAI',
  'anthropic.com': 'Anthropic',
  'perplexity.ai': 'Perplexity',
  'cloudflare.com': 'Cloudflare',
  'bytedance.com': 'ByteDance',
  'tiktok.com': 'ByteDance',
  'huawei.com': 'Huawei',
  'petalsearch.com': 'Huawei',
  'x.com': 'X',
  'twitter.com': 'X',
  'slack.com': 'Slack',
  'discord.com': 'Discord',
  'discordapp.com': 'Discord',
  'telegram.org': 'Telegram',
  'pinterest.com': 'Pinterest',
  'reddit.com': 'Reddit',
  'ahrefs.com': 'Ahrefs',
  'semrush.com': 'Semrush',
  'moz.com': 'Moz',
  'opensiteexplorer.org': 'Moz',
  'majestic12.co.uk': 'Majestic',
  'mj12bot.com': 'Majestic',
  'commoncrawl.org': 'Common Crawl',
  'archive.org': 'Internet Archive',
  'uptimerobot.com': 'UptimeRobot',
  'pingdom.com': 'Pingdom',
  'datadoghq.com': 'Datadog',
  'newrelic.com': 'New Relic',
  'statuscake.com': 'StatusCake',
};
const NAMES = {
  'Meta/Facebook': 'Meta',
  Mistral: 'Mistral AI',
  'Common Crawl Foundation': 'Common Crawl',
  'Devin AI': 'Cognition',
};
/** Operators of bots that neither list says. */
const BY_TOKEN = [
  [
    /^(Google|AdsBot-Google|Googlebot|Mediapartners-Google|APIs-Google|FeedFetcher-Google|Gemini-|NotebookLM|Chrome-Lighthouse)/i,
    'Google',
  ],
  [/^(bingbot|BingPreview|msnbot|adidxbot|AzureAI)/i, 'Microsoft'],
  [/^(facebook|meta-external|meta-webindexer|WhatsApp|cortex)/i, 'Meta'],
  [/^(Amzn|amazon|bedrockbot|NovaAct)/i, 'Amazon'],
  [/^Applebot/i, 'Apple'],
  [/^(GPTBot|ChatGPT|OAI-)/i, 'OpenAI'],
  [/^(Claude|anthropic)/i, 'Anthropic'],
  [/^Perplexity/i, 'Perplexity'],
  [/^DuckAssist/i, 'DuckDuckGo'],
  [/^(Bytespider|TikTokSpider)/i, 'ByteDance'],
  [/^Yandex/i, 'Yandex'],
  [/^Baidu/i, 'Baidu'],
  [/^PetalBot/i, 'Huawei'],
  [/^(Twitterbot)/i, 'X'],
  [/^Slack/i, 'Slack'],
  [/^(Discordbot)/i, 'Discord'],
  [/^TelegramBot/i, 'Telegram'],
  [/^LinkedInBot/i, 'LinkedIn'],
  [/^(UptimeRobot)/i, 'UptimeRobot'],
  [/^(AhrefsBot|AhrefsSiteAudit)/i, 'Ahrefs'],
  [/^SemrushBot/i, 'Semrush'],
  [/^(Pingdom)/i, 'Pingdom'],
  [/^Datadog/i, 'Datadog'],
  [/^Cohere/i, 'Cohere'],
  [/^CCBot/i, 'Common Crawl'],
  [/^Tavily/i, 'Tavily'],
  [/^Firecrawl/i, 'Firecrawl'],
  [/^Devin/i, 'Cognition'],
  [/^Apify/i, 'Apify'],
  [/^MJ12bot/i, 'Majestic'],
  [/^dotbot/i, 'Moz'],
  [/^SeznamBot/i, 'Seznam'],
  [/^(ia_archiver|heritrix|archive\.org_bot)/i, 'Internet Archive'],
  [/^Yeti/i, 'Naver'],
  [/^Slurp/i, 'Yahoo'],
  [/^SBIntuitions/i, 'SB Intuitions'],
];
/** Bots that neither list has. */
const MORE = [
  ['GTmetrix', 'monitor', 'GTmetrix'],
  ['YLT', 'monitor', ''],
  ['DebugBear', 'monitor', 'DebugBear'],
  ['SpeedCurve', 'monitor', 'SpeedCurve'],
  ['Calibre', 'monitor', 'Calibre'],
  ['Treosh', 'monitor', 'Treo'],
  ['WebPageTest', 'monitor', 'Catchpoint'],
  ['Catchpoint', 'monitor', 'Catchpoint'],
  ['Checkly', 'monitor', 'Checkly'],
  ['DatadogSynthetics', 'monitor', 'Datadog'],
  ['RuxitSynthetic', 'monitor', 'Dynatrace'],
  ['NewRelicSynthetics', 'monitor', 'New Relic'],
  ['Site24x7', 'monitor', 'Zoho'],
  ['Uptime-Kuma', 'monitor', ''],
  ['HeadlessChrome', 'program', ''],
  ['Puppeteer', 'program', ''],
  ['Playwright', 'program', ''],
  ['Selenium', 'program', ''],
  ['PhantomJS', 'program', ''],
  ['SlimerJS', 'program', ''],
  ['HtmlUnit', 'program', ''],
  ['jsdom', 'program', ''],
  ['Rendertron', 'program', ''],
  ['Prerender', 'program', ''],
];

const toPlainText = (pattern) => {
  const text = pattern.replace(/\\\//g, '/').replace(/\\([^a-zA-Z0-9])/g, '$1');
  const isPlain = !/[[\]()|*+?$.{}\\]/.test(pattern.replace(/\\./g, '').replace(/^\^/, ''));
  return isPlain ? text : undefined;
};
const toTexts = ({ pattern }) => {
  const text = TEXTS[pattern] ?? toPlainText(pattern) ?? pattern;
  return [text].flat();
};

/** The part of a host that can be bought: of `www.bbc.co.uk`, `bbc.co.uk`. */
const toDomain = (host) =>
  host
    .split('.')
    .slice(/\.(co|com|ac|org|ne|or|gov)\.[a-z]{2}$/.test(host) ? -3 : -2)
    .join('.');

function toOperator(text, url) {
  const known = BY_TOKEN.find(([token]) => token.test(text.replace(/^\^/, '')));
  if (known) return known[1];
  let host;
  try {
    host = new URL(url).hostname;
  } catch {
    return '';
  }
  const domain = toDomain(host);
  return NO_OPERATOR.test(domain) || /^[\d.]+$/.test(host) ? '' : (OPERATORS[domain] ?? domain);
}

function parseOperator(text) {
  const [, linked] = /^\[([^\]]+)\]/.exec(text) ?? [];
  const name = linked ?? (/^(Unclear|Unknown|Anyone|https?:)/.test(text) ? '' : text);
  const short = name
    .replace(/^the Chinese company /, '')
    .split(/ that |, | for | to download | \(/)[0]
    .trim();
  return NAMES[short] ?? short;
}

const entries = new Map();
function add(text, category, operator) {
  const token = text.trim().replace(/^\^ */, '^').replace(/^;|;$/g, '');
  if (/^https?:/.test(token)) return;
  const key = token.toLowerCase().replace(/^\^|\/$/g, '');
  if (token.length < 3 || entries.has(key)) {
    const known = entries.get(key);
    if (known && !known.operator && known.category !== 'program') known.operator = operator;
    return;
  }
  // A program is run by anybody.
  entries.set(key, { token, category, operator: category === 'program' ? '' : operator });
}
for (const [name, { operator }] of Object.entries(robots))
  if (!NO_NAME.test(name)) add(name, 'ai_crawler', toOperator(name) || parseOperator(operator));
for (const [token, category, operator] of MORE) add(token, category, operator);
for (const crawler of crawlers) {
  const category = CATEGORIES.find(([tag]) => crawler.tags?.includes(tag))?.[1] ?? 'crawler';
  for (const text of toTexts(crawler)) add(text, category, toOperator(text, crawler.url));
}

const byCategory = {};
for (const { token, category, operator } of entries.values()) {
  byCategory[category] ??= {};
  byCategory[category][operator] ??= [];
  byCategory[category][operator].push(token);
}
const toLine = ([operator, tokens]) => `${operator} = ${tokens.join('; ')}`;
const toList = (category) =>
  Object.entries(byCategory[category])
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(toLine)
    .join('\n');

writeFileSync(
  new URL('../src/ingest/bot-list.ts', import.meta.url),
  `/**
 * Generated by scripts/bot-list.mjs. Do not edit.
 *
 * - crawler-user-agents ${version}, MIT, copyright (c) 2017 Martin Monperrus.
 * - ai-robots-txt/ai.robots.txt of ${robotsDate}, MIT, copyright (c) 2024 ai.robots.txt.
 *
 * On each line an operator, empty where it is not known, and what user agents of its bots have in them. What begins with ^ is
 * at their beginning.
 */

${Object.keys(byCategory)
  .sort()
  .map(
    (category) => `export const ${category.toUpperCase()}S = \`
${toList(category)}
\`;`,
  )
  .join('\n\n')}
`,
);
