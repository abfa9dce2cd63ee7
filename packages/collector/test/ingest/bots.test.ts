/** Which user agents are bots', and which only look like it. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { isBot } from '../../src/ingest/bots.js';

interface Crawler {
  pattern: string;
  instances?: string[];
  tags?: string[];
}
const crawlers = createRequire(import.meta.url)('crawler-user-agents') as Crawler[];

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/117.0.0.0 Safari/537.36';

describe('a bot', () => {
  it('of the public list is known as one', () => {
    // HTTP libraries are not: they run no page's script, so what they send is sent on purpose.
    const userAgents = crawlers
      .filter(({ tags }) => !tags?.includes('http-library'))
      .flatMap(({ instances = [] }) => instances);
    const missed = userAgents.filter((userAgent) => !isBot(userAgent));
    expect(userAgents.length).toBeGreaterThan(1_500);
    expect(1 - missed.length / userAgents.length, missed.join('\n')).toBeGreaterThanOrEqual(0.995);
  });

  it.each([
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
    `${CHROME} GTmetrix`,
    `${CHROME} claude-web`,
    CHROME.replace('Chrome', 'HeadlessChrome'),
    'Mozilla/5.0 (compatible; madeupbot/1.0; +https://bot.example)',
    'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P; compatible; madeupbot/1.0) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36',
  ])('is %s', (userAgent) => {
    expect(isBot(userAgent)).toBe(true);
  });

  it.each([
    'Mozilla/5.0 (Linux; Android 11; Philips Google TV TA7 Build/RTM5.220609.199; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/111.0.5563.58 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/84.0.4147.140 Safari/537.36 OPR/46.0.2207.0 OMI/4.21.4.112.Catcher4.69 Model/Hisense-MT9602 VIDAA/5.0(Hisense;SmartTV;55A52FEVS;MTK9602/V0000.01.00R.M0531;UHD;55A5FE;)',
    'Mozilla/5.0 (Linux; Android 10; M40SE(M5T3) Build/QP1A.190711.020; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/80.0.3987.132 Safari/537.36 SogouMSE,SogouMobileBrowser/6.1.5',
    'Mozilla/5.0 (Linux; Android 13; Discovery SE) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 13; Spider 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Linux; Android 14; Crawl Scanner X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 4.2.2; CUBOT C11 Build/JDQ39) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/31.0.1650.57 Mobile Safari/537.36',
    'curl/8.5.0',
    'node',
    '',
  ])('is not %s', (userAgent) => {
    expect(isBot(userAgent)).toBe(false);
  });
});
