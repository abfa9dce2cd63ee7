/** What batches share with others, stored once: sites by number, and contexts in two halves, device and origin. */
import { MAX_CONTEXT_CACHE_CHARS } from '../../budgets.js';
import { evictOldest } from '../../cache/evict-oldest.js';
import { LruMap } from '../../cache/lru-map.js';
import type { BatchFields, NewBatch } from '../event-store.js';
import type { Database } from './database.js';

/** Contexts outlive the batches that name them, by so much that few are written again. */
const MARGIN_S = 30 * 86_400;
const MAX_SITES_REMEMBERED = 1_000;
/** What an entry weighs besides its text. */
const ENTRY_CHARS = 100;

/** What brought a session. The other fields of a context say what it came with. */
const ORIGIN = new Set(['entry_page', 'referrer', 'utm', 'source', 'channel', 'click_id']);

/** Columns of their own, and what the log adds to a batch. */
const APART = new Set([
  ...['site', 'session_id', 'visitor_id', 'user_id', 'sent_at', 'dropped', 'batch', 'events'],
  ...['received_at', 'expires_at', 'retention_days', 'shardAt', 'unnumbered'],
]);

export type Context = Omit<BatchFields, 'site' | 'session_id' | 'visitor_id'>;

/** The halves as JSON: any field that a batch may have, in one of them. */
export function toContextTexts(batch: NewBatch): { device: string; origin: string } {
  const [device, origin]: Record<string, unknown>[] = [{}, {}];
  for (const [name, value] of Object.entries(batch)) {
    if (value === undefined || APART.has(name)) continue;
    const half = ORIGIN.has(name) ? origin : device;
    if (half) half[name] = value;
  }
  return { device: JSON.stringify(device), origin: JSON.stringify(origin) };
}

export interface Contexts {
  siteId(name: string): number;
  /** -1 where nothing of the site was ever stored. */
  findSite(name: string): number;
  /** @param until when the batch that names it expires, in s */
  contextId(text: string, until: number): number;
  /** Both halves, in a copy of its own. Throws where one is no longer there. */
  read(device: number, origin: number): Context;
  forget(): void;
}

export function createContexts(database: Database): Contexts {
  const sites = new Map<string, number>();
  let ids = new LruMap<{ id: number; until: number }>(MAX_CONTEXT_CACHE_CHARS);
  /** By the numbers of both halves. */
  let contexts = new LruMap<Context>(MAX_CONTEXT_CACHE_CHARS);
  const { sql } = database;

  function findSite(name: string): number {
    const known = sites.get(name);
    if (known !== undefined) return known;
    const found = sql('SELECT id FROM sites WHERE name = ?').get(name)?.id;
    if (found === undefined) return -1;
    evictOldest(sites, MAX_SITES_REMEMBERED);
    sites.set(name, Number(found));
    return Number(found);
  }

  function readText(id: number): string {
    const row = sql('SELECT text FROM contexts WHERE id = ?').get(id);
    if (!row) throw new Error('its context is not there');
    return String(row.text);
  }

  const forget = () => {
    sites.clear();
    ids = new LruMap(MAX_CONTEXT_CACHE_CHARS);
    contexts = new LruMap(MAX_CONTEXT_CACHE_CHARS);
  };
  database.onRollback(forget);

  return {
    findSite,
    forget,

    siteId(name) {
      const known = findSite(name);
      if (known >= 0) return known;
      sql('INSERT INTO sites (name) VALUES (?)').run(name);
      return findSite(name);
    },

    contextId(text, until) {
      const known = ids.get(text);
      if (known && known.until >= until) return known.id;
      const neededUntil = until + MARGIN_S;
      const row = sql(
        `INSERT INTO contexts (text, needed_until) VALUES (?, ?)
         ON CONFLICT (text) DO UPDATE SET needed_until = max(needed_until, excluded.needed_until) RETURNING id`,
      ).get(text, neededUntil);
      const id = Number(row?.id);
      ids.set(text, { id, until: neededUntil }, text.length + ENTRY_CHARS);
      return id;
    },

    read(device, origin) {
      const ids = `${device} ${origin}`;
      let context = contexts.get(ids);
      if (!context) {
        const [deviceText, originText] = [readText(device), readText(origin)];
        context = { ...JSON.parse(deviceText), ...JSON.parse(originText) } as Context;
        contexts.set(ids, context, deviceText.length + originText.length + ENTRY_CHARS);
      }
      return context.utm ? { ...context, utm: { ...context.utm } } : { ...context };
    },
  };
}
