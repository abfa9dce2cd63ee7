/** A site's raw data without a server in between: what a command line or a schedule exports, imports and erases. */
import type { ImportData } from '@liveinsight/schema';
import { OptionsError } from '../errors.js';
import type { CollectorOptions } from '../options.js';
import { createPacer } from '../segments/pacer.js';
import { deriveKey } from '../sites/derive-key.js';
import { keyedHash } from '../sites/keyed-hash.js';
import { createSites, type ResolvedSite } from '../sites/site-registry.js';
import { toStore } from '../storage/store-parts.js';
import { checkOptions } from '../validate-options.js';
import { eraseUser, eraseVisitor } from './erase.js';
import type { Erased } from './eraser.js';
import { type ExportFormat, exportBytes } from './export.js';
import { importLines } from './import.js';
import { removeSiteValues, type ValuesQuery } from './remove-values.js';

/** The collector's own: its secret decides which shard a batch is in, its sites how long it is kept. */
export type DataOptions = Pick<CollectorOptions, 'store' | 'secret' | 'sites' | 'defaultSite'>;

export interface ExportRange {
  /** First arrival wanted, in ms since 1970, inclusive. */
  from: number;
  /** Arrival to stop before, in ms. */
  to: number;
}

export interface SiteData {
  /** How many days the site's raw events are kept. @throws OptionsError for a site that is not among the options' */
  retentionDays(site: string): number;
  /**
   * What arrived in a range, as the bytes of one file; read as fast as they are taken, some 10 MB in memory.
   * Ending the iteration early ends the reading.
   */
  exportBytes(site: string, format: ExportFormat, range: ExportRange): AsyncGenerator<Uint8Array>;
  /** Deletes for good what is kept of an identified user. Numbers hold no names and stay. */
  eraseUser(site: string, userId: string): Promise<Erased>;
  /** Deletes for good what a device has sent. Looks at all that is kept of the site. */
  eraseVisitor(site: string, visitorId: string): Promise<Erased>;
  /** Removes values from the numbers of all time: they count as `(other)`. @throws ApiError for values that are not told well */
  removeValues(
    site: string,
    values: Pick<ValuesQuery, 'value' | 'containing' | 'breakdown'>,
  ): Promise<{ states: number; rows: number }>;
  /**
   * Stores history: NDJSON, one wire batch a line with its `received_at` in ms. Repeated, it changes nothing. Without
   * a `site`, each line goes where it says. `retry` in what it returns: the store failed, do it again.
   */
  importLines(bytes: AsyncIterable<Uint8Array>, site?: string): Promise<ImportData>;
}

/** Nobody waits for an answer: an erasure goes on until all is gone. */
const WITHOUT_END = { withinMs: Number.POSITIVE_INFINITY };

/** @throws OptionsError that names every option that is wrong */
export function openSiteData(options: DataOptions): SiteData {
  checkOptions(options);
  const { secret } = options;
  const store = toStore(options.store);
  const sites = createSites(options);
  const shardKey = deriveKey(secret, 'shard');
  // Live views are in other processes, which honour the marks of the days.
  const stored = {
    columns: { pace: createPacer(), surveyed: new Set<string>() },
    hash: keyedHash(deriveKey(secret, 'sketch')),
  };
  const parts = { store, forget: () => {}, stored };

  function requireSite(id: string): ResolvedSite {
    const site = sites.get(id);
    if (site) return site;
    throw new OptionsError(
      `there is no site ${id}: there is ${sites.all.map((one) => one.id).join(', ') || 'none'}`,
    );
  }

  return {
    retentionDays: (site) => requireSite(site).retentionDays,
    exportBytes: (site, format, range) => exportBytes(store, requireSite(site), format, range),
    async eraseUser(site, userId) {
      const { sessions, batches, events } = await eraseUser(parts, requireSite(site), userId, WITHOUT_END);
      return { sessions, batches, events };
    },

    async eraseVisitor(site, visitorId) {
      const { sessions, batches, events } = await eraseVisitor(
        parts,
        requireSite(site),
        visitorId,
        WITHOUT_END,
      );
      return { sessions, batches, events };
    },

    async removeValues(site, values) {
      const { states, rows } = await removeSiteValues(
        { store, columns: stored.columns },
        requireSite(site),
        values,
        Number.POSITIVE_INFINITY,
      );
      return { states, rows };
    },

    async importLines(bytes, site) {
      const target = site === undefined ? undefined : requireSite(site);
      const resolveSite = (id: string | undefined) =>
        target ? { ok: true as const, site: target } : sites.authorize(id, undefined);
      return importLines({ store, resolveSite, shardKey }, bytes);
    },
  };
}
