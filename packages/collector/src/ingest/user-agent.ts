/** What the headers of a request say of browser, system and device. The headers themselves are dropped. */
import Bowser from 'bowser';
import { memoize } from '../cache/bounded-memo.js';
import type { AgentBot } from './bot-names.js';
import { type BotHints, findBotSignal } from './bot-signals.js';
import { findBot } from './bots.js';
import { findBrand, findEngineBrowser, findNamedBrowser, isSaid } from './browsers.js';
import { findDevice, findSystem, isIPad, isIPadAsMac } from './devices.js';
import { findPlainBrowser } from './plain-browsers.js';

export interface Agent {
  /** Of a closed list: nothing that a sender makes up is stored. */
  browser?: string;
  os?: string;
  /** `desktop`, `mobile`, `tablet` or `tv`. */
  device?: string;
  /** The source that an in-app browser stands for. */
  source?: string;
  /** Present where it is a bot. */
  bot?: AgentBot;
}

/** What is known of an agent besides its header `User-Agent`. */
export interface AgentHints extends BotHints {
  /** The header `Sec-CH-UA-Platform`. */
  platform?: string | undefined;
  /** Touches that the screen tells apart. */
  touchPoints?: number | undefined;
}

/** Real ones have at most some 300 characters; a longer one is cut so that no pattern meets megabytes. */
const MAX_USER_AGENT_CHARS = 512;
/** A busy site sees some hundred different ones in an hour. They take at most 2 MB. */
const KNOWN_AGENTS = 2_000;

export type DescribeAgent = (userAgent: string, hints?: AgentHints) => Agent;

export function createAgents(): DescribeAgent {
  // A longer text is cut, never remembered: its beginning would hold all of it in memory.
  const remember = <Value>(compute: (text: string) => Value) =>
    memoize(KNOWN_AGENTS, (text) => compute(cut(text)), MAX_USER_AGENT_CHARS);
  const [describe, toBrand] = [remember(describeAgent), remember(findBrand)];
  return (header, hints = {}) => {
    const { brands, platform, screen, touchPoints } = hints;
    const known = describe(header);
    const bot = known.bot ?? findBotSignal(hints);
    const agent = bot === known.bot || !bot ? known : { ...known, bot };
    if (isIPad(cut(header), screen, touchPoints)) return { ...agent, os: 'iOS', device: 'tablet' };
    const brand = brands && agent.browser === 'Chrome' ? toBrand(brands) : undefined;
    // Pages that are asked for as for a desktop, by a phone or tablet.
    const isAndroid = platform === '"Android"' && agent.os === 'Linux';
    if (!brand && !isAndroid) return agent;
    return {
      ...agent,
      ...(brand && { browser: brand }),
      ...(isAndroid && { os: 'Android', device: 'tablet' }),
    };
  };
}

const cut = (text: string): string => text.slice(0, MAX_USER_AGENT_CHARS);

const BROWSER_NAMES: ReadonlySet<string> = new Set(
  Object.values(Bowser.BROWSER_MAP).filter((name) => name !== 'Generic'),
);
const SYSTEM_NAMES: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP));

function describeAgent(userAgent: string): Agent {
  return findPlainBrowser(userAgent) ?? searchTables(userAgent);
}

export function searchTables(userAgent: string): Agent {
  const agent: Agent = {};
  if (userAgent === '') return agent;
  const bot = findBot(userAgent);
  if (bot) agent.bot = { ...bot, reason: 'user_agent' };
  const { browser, os } = Bowser.parse(userAgent);
  const named = findNamedBrowser(userAgent);
  const name = named?.name ?? toBrowser(browser.name, userAgent);
  const system = isIPadAsMac(userAgent) ? 'iOS' : (findSystem(userAgent) ?? toSystem(os.name));
  const device = findDevice(userAgent);
  if (name) agent.browser = name;
  if (system) agent.os = system;
  if (device) agent.device = device;
  if (named?.source) agent.source = named.source;
  return agent;
}

const toBrowser = (name: string | undefined, userAgent: string): string | undefined =>
  name !== undefined && BROWSER_NAMES.has(name) && isSaid(name, userAgent)
    ? name
    : findEngineBrowser(userAgent);

const toSystem = (name: string | undefined): string | undefined =>
  name !== undefined && SYSTEM_NAMES.has(name) ? name : undefined;
