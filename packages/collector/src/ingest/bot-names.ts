/** What a bot is called, whose it is and what it does: by a list, so that nothing a sender makes up is stored. */
import type { BotCategory, BotReason } from '@liveinsight/schema';
import { AI_CRAWLERS, CRAWLERS, MONITORS, PREVIEWS, PROGRAMS } from './bot-list.js';

export interface Bot {
  /** Absent: the list has none of that name. */
  name?: string;
  /** Absent: not known. */
  operator?: string;
  category: BotCategory;
}

/** What is known of a bot. */
export interface AgentBot extends Partial<Bot> {
  /** What said that it is one. */
  reason?: BotReason;
}

interface ListedBot extends Bot {
  name: string;
  /** In lower case. */
  text: string;
  /** Whether a user agent must begin with it. */
  isAtStart: boolean;
}

const LISTS: readonly (readonly [BotCategory, string])[] = [
  ['ai_crawler', AI_CRAWLERS],
  ['crawler', CRAWLERS],
  ['monitor', MONITORS],
  ['preview', PREVIEWS],
  ['program', PROGRAMS],
];

/** Texts are looked up by their first characters: there are some 1,500 of them. */
const PREFIX_CHARS = 3;

/** By the first characters of the text, the longest text first; made when it is first asked for. */
let byPrefix: Map<string, ListedBot[]> | undefined;

/** Of several that it names, the one of the longest name; a program only where it names nothing that runs in it. */
export function findBotName(userAgent: string): ListedBot | undefined {
  byPrefix ??= indexBots();
  const text = userAgent.toLowerCase();
  let found: ListedBot | undefined;
  for (let index = 0; index + PREFIX_CHARS <= text.length; index += 1) {
    const listed = byPrefix.get(text.slice(index, index + PREFIX_CHARS));
    const bot = listed?.find((one) => (!one.isAtStart || index === 0) && text.startsWith(one.text, index));
    if (bot && isBetter(bot, found)) found = bot;
  }
  return found;
}

const isBetter = (bot: ListedBot, other: ListedBot | undefined): boolean =>
  other === undefined ||
  (isProgram(bot) === isProgram(other) ? bot.text.length > other.text.length : isProgram(other));

const isProgram = ({ category }: Bot): boolean => category === 'program';

function indexBots(): Map<string, ListedBot[]> {
  const index = new Map<string, ListedBot[]>();
  for (const [category, list] of LISTS)
    for (const line of list.trim().split('\n')) {
      const [operator = '', texts = ''] = line.split('= ');
      for (const text of texts.split('; ')) {
        const bot = toListedBot(text, category, operator.trim());
        const prefix = bot.text.slice(0, PREFIX_CHARS);
        index.set(prefix, [...(index.get(prefix) ?? []), bot]);
      }
    }
  for (const bots of index.values()) bots.sort((a, b) => b.text.length - a.text.length);
  return index;
}

function toListedBot(text: string, category: BotCategory, operator: string): ListedBot {
  const plain = text.replace(/^\^/, '');
  // From the first letter or digit to the last.
  const words = [...plain.matchAll(/[\p{L}\p{N}]+/gu)];
  const last = words.at(-1);
  const name = last ? plain.slice(words[0]?.index, last.index + last[0].length) : '';
  const isAtStart = plain !== text;
  return { text: plain.toLowerCase(), isAtStart, name, category, ...(operator && { operator }) };
}
