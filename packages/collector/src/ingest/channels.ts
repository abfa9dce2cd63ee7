/** Channels: how a session came. */
import type { SourceKind } from './source-table.js';

export type Channel =
  | 'direct'
  | 'internal'
  | 'referral'
  | 'email'
  | 'display'
  | 'affiliate'
  | 'sms'
  | 'push'
  | 'audio'
  | 'organic_search'
  | 'paid_search'
  | 'organic_social'
  | 'paid_social'
  | 'organic_video'
  | 'paid_video'
  | 'organic_shopping'
  | 'paid_shopping'
  | 'paid_other'
  | 'cross_network'
  | 'ai_assistant'
  | 'campaign';

export const ORGANIC: Readonly<Record<SourceKind, Channel>> = {
  search: 'organic_search',
  social: 'organic_social',
  video: 'organic_video',
  shopping: 'organic_shopping',
  email: 'email',
  ai: 'ai_assistant',
  ads: 'display',
};

export const PAID: Readonly<Record<SourceKind, Channel>> = {
  search: 'paid_search',
  social: 'paid_social',
  video: 'paid_video',
  shopping: 'paid_shopping',
  email: 'paid_other',
  ai: 'paid_other',
  ads: 'display',
};
