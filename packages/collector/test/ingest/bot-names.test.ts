/** What bots are called, whose they are and what they do: by the public lists, and by hand where it matters most. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { findBot } from '../../src/ingest/bots.js';
import { createAgents } from '../../src/ingest/user-agent.js';

interface Crawler {
  pattern: string;
  instances?: string[];
  tags?: string[];
}
const crawlers = createRequire(import.meta.url)('crawler-user-agents') as Crawler[];
const userAgentsOf = (...tags: string[]) =>
  crawlers.filter((one) => tags.includes(one.tags?.[0] ?? '')).flatMap(({ instances = [] }) => instances);
const shareOf = (userAgents: string[], isRight: (userAgent: string) => boolean) =>
  userAgents.filter(isRight).length / userAgents.length;

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/117.0.0.0 Safari/537.36';

describe('a bot', () => {
  it('of the public list has a name', () => {
    const userAgents = crawlers
      .filter(({ tags }) => !tags?.includes('http-library'))
      .flatMap(({ instances = [] }) => instances);
    const nameless = userAgents.filter((userAgent) => !findBot(userAgent)?.name);
    expect(1 - nameless.length / userAgents.length, nameless.join('\n')).toBeGreaterThanOrEqual(0.99);
  });

  it.each([
    ['ai_crawler', ['ai-crawler']],
    ['monitor', ['monitoring']],
    ['preview', ['social-preview']],
  ] as const)('is %s where the public list says so', (category, tags) => {
    const userAgents = userAgentsOf(...tags);
    expect(userAgents.length).toBeGreaterThan(20);
    expect(
      shareOf(userAgents, (userAgent) => findBot(userAgent)?.category === category),
      userAgents.filter((userAgent) => findBot(userAgent)?.category !== category).join('\n'),
    ).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    [
      'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      'Googlebot',
      'Google',
      'crawler',
    ],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36',
      'bingbot',
      'Microsoft',
      'crawler',
    ],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
      'GPTBot',
      'OpenAI',
      'ai_crawler',
    ],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot',
      'ChatGPT-User',
      'OpenAI',
      'ai_crawler',
    ],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)',
      'ClaudeBot',
      'Anthropic',
      'ai_crawler',
    ],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)',
      'Claude-User',
      'Anthropic',
      'ai_crawler',
    ],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)',
      'PerplexityBot',
      'Perplexity',
      'ai_crawler',
    ],
    [
      'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)',
      'meta-externalagent',
      'Meta',
      'ai_crawler',
    ],
    [
      'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
      'Bytespider',
      'ByteDance',
      'ai_crawler',
    ],
    ['CCBot/2.0 (https://commoncrawl.org/faq/)', 'CCBot', 'Common Crawl', 'ai_crawler'],
    [
      'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
      'facebookexternalhit',
      'Meta',
      'preview',
    ],
    ['Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'Slackbot', 'Slack', 'preview'],
    [
      'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
      'UptimeRobot',
      'UptimeRobot',
      'monitor',
    ],
    [`${CHROME} GTmetrix`, 'GTmetrix', 'GTmetrix', 'monitor'],
    [CHROME.replace('Chrome', 'HeadlessChrome'), 'HeadlessChrome', undefined, 'program'],
    // What runs in the headless browser is what it is.
    [`${CHROME.replace('Chrome', 'HeadlessChrome')} (compatible; Checkly)`, 'Checkly', 'Checkly', 'monitor'],
    ['Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)', 'Yeti', 'Naver', 'crawler'],
    ['Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)', 'YandexBot', 'Yandex', 'crawler'],
    ['Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)', 'AhrefsBot', 'Ahrefs', 'crawler'],
    // Nothing that a sender makes up has a name.
    ['Mozilla/5.0 (compatible; madeupbot/1.0; +https://bot.example)', undefined, undefined, 'crawler'],
  ])('%s is known by name', (userAgent, name, operator, category) => {
    const bot = findBot(userAgent);
    expect([bot?.name, bot?.operator, bot?.category]).toEqual([name, operator, category]);
  });
});

describe('what says that it is a bot', () => {
  const describeAgent = createAgents();
  it.each([
    [{}, undefined],
    [
      { brands: '"Chromium";v="117", "Not;A=Brand";v="8"', screen: '1920x1080', from: 'me@mail.example' },
      undefined,
    ],
    [{ screen: '800x600' }, undefined],
    [
      { brands: '"HeadlessChrome";v="117", "Chromium";v="117"' },
      { name: 'HeadlessChrome', category: 'program', reason: 'client_hint' },
    ],
    [{ screen: '0x0' }, { category: 'program', reason: 'screen' }],
    [{ from: 'googlebot(at)googlebot.com' }, { category: 'crawler', reason: 'header' }],
    [
      { signatureAgent: '"https://chatgpt.com"' },
      { name: 'ChatGPT Agent', operator: 'OpenAI', category: 'ai_crawler', reason: 'header' },
    ],
    [{ signatureAgent: '"https://constructor"' }, { category: 'program', reason: 'header' }],
  ])('besides the user agent: %j', (hints, bot) => {
    expect(describeAgent(CHROME, hints).bot).toEqual(bot);
  });

  it('is the user agent first', () => {
    const { bot } = describeAgent('GPTBot/1.0', { screen: '0x0' });
    expect(bot).toEqual({ name: 'GPTBot', operator: 'OpenAI', category: 'ai_crawler', reason: 'user_agent' });
  });
});
