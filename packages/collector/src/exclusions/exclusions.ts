/** The rules of each site as this process knows them: read from the store, and again after a while. */
import { ExclusionInputSchema } from '@liveinsight/schema';
import * as v from 'valibot';
import { rareLog } from '../http/rare-log.js';
import type { Setting, SettingsStore } from '../storage/settings-store.js';
import { compileRules, type ExclusionRule, type ExclusionRules } from './rules.js';

export interface Exclusions {
  /** Never rejects: where rules cannot be read, those known before count, or none, and nothing is lost. */
  get(site: string): Promise<ExclusionRules>;
  /** To be called when they were changed here: the next `get` reads them. */
  forget(site: string): void;
}

/** How long rules are used before they are read again: so long other processes take to go by a change. */
const REMEMBERED_MS = 30_000;
/** The same after a failure. */
const RETRY_AFTER_MS = 5_000;
/** A store that hangs holds no event up for longer. */
const MAX_WAIT_MS = 1_000;

interface Known {
  rules: ExclusionRules;
  /** When they are to be read again. */
  until: number;
  reading?: Promise<void>;
}

const NONE = compileRules([]);
const UNREAD = Number.NEGATIVE_INFINITY;

export function createExclusions(
  store: Pick<SettingsStore, 'settings'>,
  now: () => number = Date.now,
  report: (error: Error) => void = reportFailure,
): Exclusions {
  /** As many as there are sites, of which there is a limit. */
  const known = new Map<string, Known>();

  /** Until they are read, or cannot be, these count. */
  function remember(site: string, rules: ExclusionRules): Known {
    const entry: Known = { rules, until: UNREAD };
    known.set(site, entry);
    return entry;
  }

  async function read(site: string, entry: Known): Promise<void> {
    try {
      entry.rules = compileRules(readRules(await store.settings(site, 'exclusion'), report));
      entry.until = now() + REMEMBERED_MS;
    } catch (error) {
      report(error instanceof Error ? error : new Error(String(error)));
      entry.until = now() + RETRY_AFTER_MS;
    } finally {
      delete entry.reading;
    }
  }

  return {
    async get(site) {
      const entry = known.get(site) ?? remember(site, NONE);
      if (now() >= entry.until && !entry.reading) entry.reading = read(site, entry);
      // Otherwise what is known is used meanwhile.
      if (entry.reading && entry.until === UNREAD) await withinTime(entry.reading);
      return entry.rules;
    },
    forget(site) {
      // Another entry, for what is being read may be older than the change.
      const before = known.get(site);
      if (before) remember(site, before.rules);
    },
  };
}

function readRules(settings: readonly Setting[], report: (error: Error) => void): ExclusionRule[] {
  return settings.flatMap(({ id, body }) => {
    // The one schema: those of all settings are more than all else of a function that takes events.
    const parsed = v.safeParse(ExclusionInputSchema, readJson(body));
    if (parsed.success) return [parsed.output];
    // As a newer version may have stored it.
    report(new Error(`the exclusion ${id} is none that this version knows`));
    return [];
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function withinTime(reading: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MAX_WAIT_MS);
  });
  await Promise.race([reading, over]);
  clearTimeout(timer);
}

const reportFailure = rareLog<Error>(
  ({ message }) => `rules for what is left out could not be read, events are taken without: ${message}`,
);
