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
const CRAWLER = /bot\b|crawl|spider|\(\+https?:/i;

const isProgram = (userAgent: string): boolean => PROGRAM.test(userAgent) && !CRAWLER.test(userAgent);

/** Bots that isbot does not know: they look like Chrome but for a word. */
const MORE_BOTS = new RegExp(
  [
    // Assistants that act for somebody, and what AI makers run.
    String.raw`\b(?:Amzn-(?:User|SearchBot)|claude-(?:web|user|code)|anthropic-ai|cohere-ai|MistralAI-User|Perplexity-User|ChatGPT-User|Google-Extended|Applebot|NovaAct|Manus-User|Devin|Crawl4AI|Firecrawl)\b|ai\.robots`,
    // Monitors and tests of speed.
    String.raw`\b(?:GTmetrix|YLT|DebugBear|Miniature\.io|TSM-turingos|SpeedCurve|Calibre(?:app)?|Treosh|WebPageTest|PTST|Catchpoint|Checkly|Datadog|DatadogSynthetics|RuxitSynthetic|NewRelic(?:Synthetics)?|Site24x7|Uptime-?Kuma|CopperEgg|RevealUptime|Neustar WPM|SiteGuardian|WebMon|kube-probe|360JK|HLB\/\d)\b`,
    // Browsers without a person.
    String.raw`\b(?:Puppeteer|Playwright|Selenium|PhantomJS|SlimerJS|HtmlUnit|jsdom|Rendertron|Prerender|Zombie\.js|Camoufox|Lightpanda|wkhtmlto(?:pdf|image)|DuplexWeb-Google|Symfony BrowserKit)\b`,
    // Pictures and translations of pages, and their analysis.
    String.raw`\b(?:WebThumb|Websnapr|webscreenie|HomepageScreenshot\.de|Seznam screenshot-generator|SnapSearch|Yandex\.Translate|BingLocalSearch|wpif|imgsizer|ImageVisu|link_thumbnailer|Pix\/[\d.]{1,9} \(Criteo|KimonoLabs|evc-batch|Nodemeter|Alibaba\.Security\.Heimdall|MapperCmd|Clarsentia|eContext|Twurly|dotMailer content|Owler\/\d|amazon-kendra|WAC-OFU|Assetnote|aranea)\b`,
  ].join('|'),
  'i',
);

/** Android's version and what its device is called, which can be any word: `Spider 8`, `Discovery SE`, `Google TV`. */
const DEVICE = /(\(Linux;(?: U;)?(?: arm(?:_64)?;)? Android [\d.]+;) (?:[^()]|\([^()]*\))*\)/;
/** What a bot says of itself, where a device is named elsewhere. */
const SAYS_BOT = /compatible;|https?:|(?<!cu)bot[-/]|crawler|spider\/|@/i;
/** Browsers and televisions whose tokens have such a word in them. */
const HARMLESS = new RegExp(
  [
    // Searched from an app, and the shop that it came from.
    String.raw`\bSogouM(?:SE|obileBrowser)\b[\w/.]*|\bSogouSearch\b|\b\w*_sogou\w*|\bMetaSr\b|\bNAVER\([^()]*\)|\bTTID\/\S+|\bAlipayDefined\([^()]*\)|\bUCBS\/\S+`,
    // Processes, libraries and devices.
    String.raw`\bProcess\/\w+|\b(?:Google(?:Play|Wv|Chirp|TV|Pixelbook)|Google ?Earth|Google Pixelbook)\w*|\bcom\.google\.[\w.]+|\bGmmClient:\S+|\bchromeframe\/\S*|\bJava(?:FX)?\/\S+|\bIMEI\/\S*|\bPreview\/(?=\d+ Safari)|\bHybrid\(\)`,
    // Names of apps with such a word in them.
    String.raw`\b\w*News(?:SDK|Master|-Now)?\/[\d.]+|\bProxyFox\/\d+|\bBlue Proxy\/|\bInspectBrowser\b|\bTorrent\/[\d.]+|\bQQDownload \d+|\bAsk\.com Mobile Browser|\[air\.[\w.]+\/[\d.]+\]`,
    // Televisions and old phones: versions before a semicolon, as bots have.
    String.raw`\bCatcher[\d.]*|\bVIDAA\/\S*|\b(?:CE-HTML|NETTV|Bada|webOS|freesat|REX|BDP\w{1,8}|SAMSUNG-[\w-]{1,40})\/1\.0(?=[;)])|\b\d+MHz;|Radar (?=4G|C\d)|\(\)(?=\/AwoX)`,
  ].join('|'),
  'gi',
);

const withoutNames = (userAgent: string): string =>
  userAgent
    .replace(DEVICE, (comment, android: string) => (SAYS_BOT.test(comment) ? comment : `${android} K)`))
    .replace(HARMLESS, '');

export const isBot = (userAgent: string): boolean =>
  MORE_BOTS.test(userAgent) || (!isProgram(userAgent) && isbot(withoutNames(userAgent)));

/** Undefined where it is none. One of no known name is a crawler: what is made to be no browser seldom runs as one. */
export function findBot(userAgent: string): Bot | undefined {
  if (!isBot(userAgent)) return undefined;
  const listed = findBotName(userAgent);
  if (!listed) return { category: 'crawler' };
  const { name, operator, category } = listed;
  return { name, category, ...(operator !== undefined && { operator }) };
}
