/** Whether a user agent is a bot's. */
import { isbot } from 'isbot';

/**
 * HTTP libraries and tools, which isbot counts as bots: none of them runs a page's script, so what they send was
 * sent on purpose by someone's server or test, and counts.
 */
const PROGRAM =
  /^(curl|wget|httpie|postmanruntime|insomnia|python|aiohttp|node|undici|axios|got|deno|bun|go-http-client|okhttp|java|apache-httpclient|ruby|faraday|guzzlehttp|symfony|php|dart|reqwest|hyper|libwww-perl|\.net|aws-sdk|amazon-api|k6|autocannon)\b/i;

/** What calls itself one, though a library sends it. */
const CRAWLER = /bot\b|crawl|spider/i;

const isProgram = (userAgent: string): boolean => PROGRAM.test(userAgent) && !CRAWLER.test(userAgent);

export const isBot = (userAgent: string): boolean => !isProgram(userAgent) && isbot(userAgent);
