/** What is known of bots, and whose numbers a query is about. */
import * as v from 'valibot';

/** What bots do: index pages, index or read them for AI, show a link's preview, watch a site, or drive a browser by a program. */
export const BOT_CATEGORIES = ['crawler', 'ai_crawler', 'preview', 'monitor', 'program'] as const;
export type BotCategory = (typeof BOT_CATEGORIES)[number];

/** What says that it is a bot. */
export const BOT_REASONS = ['user_agent', 'header', 'client_hint', 'webdriver', 'screen'] as const;
export type BotReason = (typeof BOT_REASONS)[number];

export const botCategory = v.pipe(
  v.picklist(BOT_CATEGORIES, `must be one of ${BOT_CATEGORIES.join(', ')}`),
  v.description(
    'What a bot does: `crawler`, `ai_crawler`, `preview` (of links), `monitor`, or `program` (an automated browser).',
  ),
);

export const botReason = v.pipe(
  v.picklist(BOT_REASONS, `must be one of ${BOT_REASONS.join(', ')}`),
  v.description(
    'What said that it is a bot: `user_agent`, `header` (Signature-Agent or From), `client_hint` (Sec-CH-UA), `webdriver` (the browser itself), or `screen` (one without width or height).',
  ),
);

/** Whose numbers a question is about. */
export const TRAFFIC = ['people', 'bots', 'all'] as const;
export type Traffic = (typeof TRAFFIC)[number];
