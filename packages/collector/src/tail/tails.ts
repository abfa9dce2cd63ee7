/** The running aggregates of a process: one a site, while somebody asks. */

import { MAX_TAILS_BYTES, MAX_TAILS_BYTES_OF_FUNCTION } from '../budgets.js';
import type { RollupContext, RollupSite } from '../rollup/rollup-context.js';
import type { Arrival } from '../storage/arrival.js';
import { MINUTE_MS } from '../time/ms.js';
import type { NumberBatches } from './announcements.js';
import { READ_LIMITS, type ReadLimits } from './read-on.js';
import type { StartCause, TailCut } from './shard-tail.js';
import { createSiteTail, type SiteTail } from './site-tail.js';

/** What nobody has asked for so long is dropped: it may hold what has been erased meanwhile. */
const IDLE_MS = 10 * MINUTE_MS;
const SWEEP_EVERY_MS = MINUTE_MS;

/** The tail of one site as one response reads it: one read and one cut, however often it is asked for. */
export interface ResponseTail {
  /** Undefined where nothing is held and nothing may be read. */
  cuts(): Promise<TailCut[] | undefined>;
  /** As earlier responses have left it: reads nothing, waits for nothing. Undefined where nothing is held. */
  held(): TailCut[] | undefined;
  /** Keeps events by column from now on: queries that follow find them in the cuts. */
  keepRows(): void;
}

/** What readers of numbers need; without a tail, what arrived since the newest hour is read from the log by each of them. */
export interface ReadContext extends RollupContext {
  tail?: ResponseTail;
}

/** What a process holds of one site, for its metrics. */
export interface TailReport {
  site: string;
  /** Arrivals up to this time (ms) are counted: how fresh the newest response was. Undefined before the first one. */
  asOf: number | undefined;
  /** How far `asOf` was behind the time of the last read, in ms. More than seconds: more arrives than one response reads. Undefined before the first one. */
  behindMs: number | undefined;
  /** Batches that no stored hour has taken over yet. */
  batches: number;
  /** What they take in memory. */
  bytes: number;
  /** How often aggregates were begun, by cause: `cold`, `paused`, `restored`, `parted` (another process rolls up within minutes) or `marked`. */
  starts: Partial<Record<StartCause, number>>;
}

export interface Tails {
  /** For one response: it reads what is new. */
  open(site: RollupSite): ResponseTail;
  /** As far as somebody else has had it read; never reads. */
  peek(site: RollupSite): ResponseTail;
  /**
   * Takes in what this process has stored; put together only where somebody asks for the site. `chars`: of the JSON text
   * that it was made of.
   */
  announce(site: string, arrival: () => Arrival, from: { shard: number; chars: number }): void;
  /** An import or erasure in this process: what is held of the site is read again. */
  startOver(site: string): void;
  /** What is held, site by site. */
  reports(): TailReport[];
  close(): Promise<void>;
}

export interface TailsParts {
  context: RollupContext;
  numberBatches: NumberBatches;
  /** Whether something may run on behind a reply: not in a function. */
  readsOn: boolean;
  limits?: ReadLimits;
}

export function createTails({ context, numberBatches, readsOn, limits = READ_LIMITS }: TailsParts): Tails {
  /** Least recently read first. */
  const tails = new Map<string, SiteTail>();
  const maxBytes = readsOn ? MAX_TAILS_BYTES : MAX_TAILS_BYTES_OF_FUNCTION;
  let timer: ReturnType<typeof setInterval> | undefined;

  function getTail(site: RollupSite): SiteTail {
    const tail = tails.get(site.id) ?? createSiteTail({ context, site, numberBatches, readsOn, limits });
    tails.delete(site.id);
    tails.set(site.id, tail);
    if (readsOn) timer ??= setInterval(sweep, SWEEP_EVERY_MS).unref();
    return tail;
  }

  /** Drops what nobody asks for any more, and what is beyond the budget; the site that was read last stays. */
  function sweep(): void {
    const idleSince = performance.now() - IDLE_MS;
    let bytes = 0;
    for (const tail of tails.values()) bytes += tail.bytes;
    for (const [id, tail] of tails) {
      const isLast = id === [...tails.keys()].at(-1);
      if (tail.lastReadAt >= idleSince && (bytes <= maxBytes || isLast)) continue;
      bytes -= tail.bytes;
      tails.delete(id);
      void tail.close();
    }
    if (tails.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    open(site) {
      let cuts: Promise<TailCut[]> | undefined;
      const read = async () => {
        const found = await getTail(site).read();
        sweep();
        return found;
      };
      return {
        cuts() {
          cuts ??= read();
          return cuts;
        },
        held: () => tails.get(site.id)?.peek(),
        keepRows: () => getTail(site).keepRows(),
      };
    },
    peek: ({ id }) => ({
      cuts: async () => tails.get(id)?.peek(),
      held: () => tails.get(id)?.peek(),
      keepRows: () => {},
    }),
    announce(id, toArrival, { shard, chars }) {
      const tail = tails.get(id);
      if (!tail) return;
      tail.announce(shard, { ...toArrival(), expires_at: 0 }, chars);
    },
    reports: () =>
      [...tails].map(([site, { peek, bytes, starts }]) => {
        const cuts = peek();
        const buckets = cuts?.flatMap((cut) => cut.buckets) ?? [];
        return {
          site,
          asOf: cuts && Math.min(...cuts.map(({ asOf }) => asOf)),
          behindMs: cuts && Math.max(0, ...cuts.map(({ readAt, asOf }) => readAt - asOf)),
          batches: buckets.reduce((sum, { batches }) => sum + batches, 0),
          bytes,
          starts: Object.fromEntries(starts),
        };
      }),
    startOver: (id) => tails.get(id)?.startOver(),
    async close() {
      clearInterval(timer);
      await Promise.all([...tails.values()].map((tail) => tail.close()));
    },
  };
}
