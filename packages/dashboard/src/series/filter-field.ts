/** What sessions are filtered by. */
import type { Breakdown, ColumnBreakdown } from '@liveinsight/schema';

/** A breakdown, what their pages and goals say besides, a saved segment, or a property of their events as `prop:plan`. */
export type FilterField = NamedField | `prop:${string}`;
export type FurtherField = ColumnBreakdown | 'reached' | 'segment';
type NamedField = Breakdown | FurtherField;

/** Kept here too: the schema's own list comes with its validators. One that lacks does not compile. */
const BREAKDOWN: Record<Breakdown, true> = {
  page: true,
  entry_page: true,
  exit_page: true,
  source: true,
  referrer: true,
  channel: true,
  utm_source: true,
  utm_medium: true,
  utm_campaign: true,
  utm_term: true,
  utm_content: true,
  click_id: true,
  country: true,
  region: true,
  city: true,
  language: true,
  device: true,
  browser: true,
  os: true,
  screen: true,
  release: true,
  visitor_type: true,
  bot: true,
  bot_operator: true,
  bot_category: true,
  bot_reason: true,
  event_name: true,
  click_target: true,
  conversion_type: true,
  hour_of_week: true,
};
export const BREAKDOWNS = Object.keys(BREAKDOWN) as Breakdown[];

const FURTHER: Record<FurtherField, true> = {
  hostname: true,
  title: true,
  page_group: true,
  reached: true,
  segment: true,
};
export const FURTHER_FIELDS = Object.keys(FURTHER) as FurtherField[];

export const isBreakdown = (name: string): name is Breakdown => Object.hasOwn(BREAKDOWN, name);

export const isFilterField = (name: string): name is FilterField =>
  isBreakdown(name) || Object.hasOwn(FURTHER, name) || /^prop:./s.test(name);
