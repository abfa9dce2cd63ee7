/** Names of bots: whose they are and what they do, by their user agent. */
import { lazy } from '../cache/lazy.js';
import { BOTS, type BotKind } from './bot-table.js';

export interface KnownBot {
  name: string;
  /** Absent where only the kind is known. */
  operator?: string;
  kind: BotKind;
}

/** What a user agent of it has: this text in small letters, or what matches. */
type Token = string | RegExp;

/** Made by the first bot: a function that has just started has no time for a table that most visits do not need. */
const getKnown = lazy((): readonly (KnownBot & { token: Token })[] =>
  Object.entries(BOTS).flatMap(([kind, bots]) =>
    bots.map(([name, operator, token]) => ({
      name,
      operator,
      kind: kind as BotKind,
      token: token ?? name.toLowerCase(),
    })),
  ),
);

/** What names neither itself nor its operator, by what it says of itself. */
const OTHERS: readonly [token: RegExp, bot: KnownBot][] = [
  [
    /\b(?:ai|llm|gpt|genai)[-_ ]?(?:bot|crawler|agent|search)/i,
    { name: 'Other AI crawler', kind: 'ai_crawler' },
  ],
  [/preview|unfurl|embed|feed|rss|link ?expand/i, { name: 'Other preview', kind: 'preview' }],
  [
    /monitor|uptime|synthetic|health ?check|availability|pagespeed|status ?check/i,
    { name: 'Other monitor', kind: 'monitor' },
  ],
  [/headless|automation|webdriver|puppet|testing/i, { name: 'Other program', kind: 'program' }],
  [
    /bot\b|crawl|spider|scan|index|slurp|archiv|fetch|check|\+?https?:|@/i,
    { name: 'Other crawler', kind: 'crawler' },
  ],
];
/** Of a bot of which nothing is known but that it is one. */
export const UNNAMED_BOT = 'Other program';
/** What its browser says of itself: that a program drives it. */
export const WEBDRIVER = 'WebDriver';

/** Of what is a bot: which one. */
export function nameBot(userAgent: string): string {
  const lower = userAgent.toLowerCase();
  const has = (token: Token) => (typeof token === 'string' ? lower.includes(token) : token.test(userAgent));
  const bot = getKnown().find(({ token }) => has(token)) ?? OTHERS.find(([token]) => has(token))?.[1];
  return bot?.name ?? UNNAMED_BOT;
}

const getByName = lazy((): ReadonlyMap<string, KnownBot> => {
  const bots: KnownBot[] = [
    ...getKnown(),
    ...OTHERS.map(([, bot]) => bot),
    { name: WEBDRIVER, kind: 'program' },
  ];
  return new Map(bots.map((bot) => [bot.name, bot]));
});

/** Whose bot it is and of what kind, by its name. */
export const findBot = (name: string): KnownBot | undefined => getByName().get(name);
