/** What a User-Agent header says of browser, system and device. The header itself is dropped. */
import Bowser from 'bowser';
import { memoize } from '../cache/bounded-memo.js';
import { isBot } from './bots.js';

export interface Agent {
  browser?: string;
  os?: string;
  /** `desktop`, `mobile`, `tablet` or `tv`. */
  device?: string;
  bot: boolean;
}

/** Real ones have at most some 300 characters; a longer one is cut so that no pattern meets megabytes. */
const MAX_USER_AGENT_CHARS = 512;
/** A busy site sees some hundred different ones in an hour. */
const KNOWN_AGENTS = 2_000;

export function createAgents(): (userAgent: string) => Agent {
  const describe = memoize(KNOWN_AGENTS, describeAgent);
  return (userAgent) => describe(userAgent.slice(0, MAX_USER_AGENT_CHARS));
}

function describeAgent(userAgent: string): Agent {
  const agent: Agent = { bot: isBot(userAgent) };
  if (userAgent === '') return agent;
  const { browser, os, platform } = Bowser.parse(userAgent);
  if (browser.name) agent.browser = browser.name;
  if (os.name) agent.os = os.name;
  if (platform.type && platform.type !== 'bot') agent.device = platform.type;
  return agent;
}
