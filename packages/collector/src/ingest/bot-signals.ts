/** What says that a bot sent a request, besides its user agent. */
import type { AgentBot } from './bot-names.js';

export interface BotHints {
  /** The header `Signature-Agent`. */
  signatureAgent?: string | undefined;
  /** The header `From`. */
  from?: string | undefined;
  /** The header `Sec-CH-UA`. */
  brands?: string | undefined;
  /** Width and height in CSS pixels, as `834x1210`. */
  screen?: string | undefined;
}

/** Agents that sign what they send (Web Bot Auth), by host. */
const SIGNING_AGENTS: Readonly<Record<string, AgentBot>> = {
  'chatgpt.com': { name: 'ChatGPT Agent', operator: 'OpenAI', category: 'ai_crawler' },
};

/** Of the address that crawlers name as their operator's, as `googlebot(at)googlebot.com`. Browsers send none. */
const CRAWLER_ADDRESS = /bot|crawl|spider/i;
/** A screen without width or height: no browser that a person looks at has one. */
const NO_SCREEN = /^0+x|x0+$/i;

export function findBotSignal({ signatureAgent, from, brands, screen }: BotHints): AgentBot | undefined {
  if (signatureAgent) {
    const host = /^"?(?:https:\/\/)?([\w.-]{1,253})/i.exec(signatureAgent)?.[1]?.toLowerCase() ?? '';
    const known = Object.hasOwn(SIGNING_AGENTS, host) ? SIGNING_AGENTS[host] : undefined;
    return { category: 'program', ...known, reason: 'header' };
  }
  if (from && CRAWLER_ADDRESS.test(from)) return { category: 'crawler', reason: 'header' };
  if (brands?.includes('HeadlessChrome'))
    return { name: 'HeadlessChrome', category: 'program', reason: 'client_hint' };
  if (screen && NO_SCREEN.test(screen)) return { category: 'program', reason: 'screen' };
  return undefined;
}
