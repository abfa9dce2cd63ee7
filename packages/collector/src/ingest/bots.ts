/** Whether a user agent is a bot's, and whose. */
import { isbot } from 'isbot';
import { type Bot, findBotName } from './bot-names.js';

/**
 * HTTP libraries and tools, which isbot counts as bots: none of them runs a page's script, so what they send was
 * sent on purpose by someone's server or test, and counts.
 */
const PROGRAM =
  /^(curl|wget|httpie|postmanruntime|insomnia|python|aiohttp|node|undici|axios|got|deno|bun|go-http-client|okhttp|java|apache-httpclient|ruby|faraday|guzzlehttp|symfony|php|dart|reqwest|hyper|libwww-perl|\.net|aws-sdk|amazon-api|k6|autocannon)\b/i;

/** What calls itself one, though a library sends it. */
const CRAWLER = /bot\b|crawl|spider/i;

const isProgram = (userAgent: string): boolean => PROGRAM.test(userAgent) && !CRAWLER.test(userAgent);

/** Bots that isbot does not know: they look like Chrome but for a word. */
const MORE_BOTS =
  /\b(?:GTmetrix|YLT|DebugBear|Amzn-(?:User|SearchBot)|claude-(?:web|user|code)|anthropic-ai|cohere-ai|MistralAI-User|Perplexity-User|ChatGPT-User|Google-Extended|Applebot|Miniature\.io|TSM-turingos|SpeedCurve|Calibre(?:app)?|Treosh|WebPageTest|PTST|Catchpoint|Checkly|Datadog|DatadogSynthetics|RuxitSynthetic|NewRelic(?:Synthetics)?|Site24x7|Uptime-?Kuma|NovaAct|Manus-User|Devin|Crawl4AI|Firecrawl|Fluid\/\d)\b|ai\.robots|\b(?:Puppeteer|Playwright|Selenium|PhantomJS|SlimerJS|HtmlUnit|jsdom|Rendertron|Prerender)\b/i;

/** Android's version and what its device is called, which can be any word: `Spider 8`, `Discovery SE`, `Google TV`. */
const DEVICE = /(\(Linux;(?: U;)?(?: arm(?:_64)?;)? Android [\d.]+;) (?:[^()]|\([^()]*\))*\)/;
/** What a bot says of itself, where a device is named elsewhere. */
const SAYS_BOT = /compatible;|https?:|(?<!cu)bot[-/]|crawler|spider\/|@/i;
/** Browsers and televisions whose tokens have such a word in them. */
const HARMLESS =
  /\bSogouM(?:SE|obileBrowser)\b[\w/.]*|\bCatcher[\d.]*|\bVIDAA\/\S*|\bNAVER\([^()]*\)|\bSAMSUNG-[\w-]{1,40}\/1\.0;|\bMetaSr\b|\bIMEI\/\S*|\bPreview\/(?=\d+ Safari)/gi;

const withoutNames = (userAgent: string): string =>
  userAgent
    .replace(DEVICE, (comment, android: string) => (SAYS_BOT.test(comment) ? comment : `${android} K)`))
    .replace(HARMLESS, '');

export const isBot = (userAgent: string): boolean =>
  !isProgram(userAgent) && (MORE_BOTS.test(userAgent) || isbot(withoutNames(userAgent)));

/** Undefined where it is none. One of no known name is a crawler: what is made to be no browser seldom runs as one. */
export function findBot(userAgent: string): Bot | undefined {
  if (!isBot(userAgent)) return undefined;
  const listed = findBotName(userAgent);
  if (!listed) return { category: 'crawler' };
  const { name, operator, category } = listed;
  return { name, category, ...(operator !== undefined && { operator }) };
}
