import type { Store } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import { injectFaults } from '@liveinsight/testing/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLAIM_MS } from '../../src/alerts/delivery-lease.js';
import { putRule, QUIET, roundAt, type Sent, theAlert } from './fixture.js';

/** A claim has run out, and whatever waits is due. */
const MUCH_LATER_MS = 3_600_000;

/** Processes that do one thing at a time: whose turn it is decides the test. */
class Turns {
  readonly #waiting = new Map<string, () => void>();
  readonly #ended = new Set<string>();
  #changed = () => {};

  /** Called by a process before whatever others can see. */
  async take(process: string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.set(process, resolve);
      this.#changed();
    });
  }

  end(process: string): void {
    this.#ended.add(process);
    this.#changed();
  }

  /** Resolves to who waits for a turn, when all do that have not ended. */
  async ready(processes: string[]): Promise<string[]> {
    const isReady = () => processes.every((one) => this.#waiting.has(one) || this.#ended.has(one));
    while (!isReady()) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    return processes.filter((one) => this.#waiting.has(one));
  }

  give(process: string): void {
    const go = this.#waiting.get(process);
    this.#waiting.delete(process);
    go?.();
  }
}

/** The store, each of whose calls about settings is a turn. */
const inTurns = (store: Store, turns: Turns, process: string): Store => ({
  ...store,
  settings: async (site, kind) => {
    await turns.take(process);
    return store.settings(site, kind);
  },
  putSetting: async (site, setting) => {
    await turns.take(process);
    return store.putSetting(site, setting);
  },
});

describe('An alert checked by several processes', () => {
  let database: Dynalite;
  let store: Store;
  let sites = 0;
  beforeAll(async () => {
    database = await startDynalite();
    await createTables(database);
    store = dynamoStore(database);
  });
  afterAll(async () => {
    await store.close();
    await database.close();
  });

  async function newSite(): Promise<string> {
    sites += 1;
    await putRule(store, `site-${sites}`, QUIET);
    return `site-${sites}`;
  }

  /** Plays two rounds in the order that `order` says; the first process dies at its `diesAt`th turn. */
  async function play(
    site: string,
    order: boolean[],
    diesAt: number,
  ): Promise<{ sent: Sent[]; sentByDead: number }> {
    const turns = new Turns();
    const sent: Sent[] = [];
    let sentByDead = 0;
    const start = (process: string) => {
      const round = roundAt(
        inTurns(store, turns, process),
        site,
        () => 1_000_000,
        async (message) => {
          await turns.take(process);
          sent.push(message);
          if (process === 'a') sentByDead += 1;
          return undefined;
        },
      );
      void round.then(() => turns.end(process));
      return round;
    };
    const rounds = { a: start('a'), b: start('b') };
    let turnsOfA = 0;
    let left = ['a', 'b'];
    for (let step = 0; ; step += 1) {
      const ready = await turns.ready(left);
      const next = ready.length > 1 ? (order[step % order.length] ? 'a' : 'b') : ready[0];
      if (next === undefined) break;
      if (next === 'a' && turnsOfA === diesAt) left = ['b'];
      else turns.give(next);
      if (next === 'a') turnsOfA += 1;
    }
    await Promise.all(left.map((one) => rounds[one as 'a' | 'b']));
    return { sent, sentByDead };
  }

  const order = fc.array(fc.boolean(), { minLength: 1, maxLength: 14 });

  it('tells once, in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(order, async (order) => {
        const site = await newSite();
        const { sent } = await play(site, order, Number.POSITIVE_INFINITY);
        expect(sent).toHaveLength(1);
        const { state } = await theAlert(store, site);
        expect(state?.state).toMatchObject({
          status: 'firing',
          waiting: [],
          last: { status: 'delivered', attempts: 1 },
        });
      }),
      { numRuns: 60 },
    );
  });

  it('tells though one of them dies at any point: again, under the same id, only where it died between telling and noting it', async () => {
    await fc.assert(
      fc.asyncProperty(order, fc.nat(7), async (order, diesAt) => {
        const site = await newSite();
        const { sent } = await play(site, order, diesAt);
        const soon = sent.length;
        await roundAt(
          store,
          site,
          () => 1_000_000 + MUCH_LATER_MS,
          async (message) => {
            sent.push(message);
            return undefined;
          },
        );
        const { state } = await theAlert(store, site);
        expect(state?.state.waiting).toEqual([]);
        expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
        expect(sent.length).toBeLessThanOrEqual(2);
        if (sent.length === 2) expect([soon, state?.state.last?.attempts]).toEqual([1, 2]);
      }),
      { numRuns: 80 },
    );
  });

  it('that was told by a process which died right after, is told again when the claim has run out, not before', async () => {
    const site = await newSite();
    const sent: Sent[] = [];
    const dies = new Promise<undefined>(() => {});
    const told = new Promise<void>((resolve) => {
      void roundAt(
        store,
        site,
        () => 1_000_000,
        (message) => {
          sent.push(message);
          resolve();
          return dies;
        },
      );
    });
    await told;
    const again = (now: number) =>
      roundAt(
        store,
        site,
        () => now,
        async (message) => void sent.push(message) as undefined,
      );
    await again(1_000_000 + CLAIM_MS - 1);
    expect(sent).toHaveLength(1);
    await again(1_000_000 + CLAIM_MS);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    await again(1_000_000 + MUCH_LATER_MS);
    expect(sent).toHaveLength(2);
  });

  it('tells whatever goes wrong with the store, at least once and each time under the same id', async () => {
    const fault = fc.constantFrom('sound', 'sound', 'never arrives', 'answer lost');
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 8 }), async (ways) => {
        const site = await newSite();
        let call = 0;
        let lost = 0;
        const { middleware } = injectFaults(() => {
          const way = ways[call] ?? 'sound';
          call += 1;
          if (way === 'sound') return undefined;
          lost += 1;
          return way === 'answer lost' ? { kind: 'failed', executed: true } : { kind: 'timed_out' };
        });
        const faulty = dynamoStore({ ...database, middleware });
        const sent: Sent[] = [];
        for (let round = 0; round < ways.length + 2; round += 1) {
          await roundAt(
            faulty,
            site,
            () => 1_000_000 + round * MUCH_LATER_MS,
            async (message) => {
              sent.push(message);
              return undefined;
            },
          ).catch(() => {});
        }
        await faulty.close();
        expect((await theAlert(store, site)).state?.state).toMatchObject({ status: 'firing', waiting: [] });
        expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
        expect(sent.length).toBeLessThanOrEqual(1 + lost);
      }),
      { numRuns: 40 },
    );
  });
});
