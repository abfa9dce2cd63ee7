import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberSession, toOutline, withNumbers } from '../../src/rollup/number-session.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';

const PAGES = ['/', '/cart', '/pay'];
const TYPES = ['signup', 'purchase'];

interface Happening {
  kind: 'page_view' | 'conversion' | 'custom';
  by: 'tracker' | 'server';
  which: number;
  /** Whether its tracker takes the session to be engaged from then on. */
  engaged: boolean;
  /** Arrivals that overtake it. */
  delay: number;
}

/** A session as its senders see it: the tracker numbers what it has sent itself and knows nothing of the server's. */
function batchesOf(happenings: Happening[]): StoredBatch[] {
  const pages: string[] = [];
  const types: string[] = [];
  let isEngaged = false;
  const batches = happenings.map(({ kind, by, which, delay, engaged }, index) => {
    const event = { event_id: `e${index}`, event_type: kind, timestamp: 1_000 * index };
    const isTracker = by === 'tracker';
    const page = PAGES[which] ?? '/';
    const type = TYPES[which % TYPES.length] ?? 'signup';
    const fields: Record<string, unknown> = isTracker ? { gap_ms: 0 } : {};
    // Once, as far as the tracker knows, and with a conversion at the latest.
    if (isTracker && !isEngaged && (engaged || kind === 'conversion')) {
      isEngaged = true;
      fields.engaged = true;
    }
    if (kind === 'page_view') {
      Object.assign(fields, { page_url: `https://shop.example${page}` });
      if (isTracker)
        Object.assign(fields, {
          view: pages.length + 1,
          first_on_page: !pages.includes(page),
          ...(pages.length > 0 ? { from_page: pages.at(-1) } : {}),
        });
      if (isTracker) pages.push(page);
    } else if (kind === 'conversion') {
      Object.assign(fields, { conversion_type: type });
      if (isTracker) types.push(type);
      if (isTracker)
        Object.assign(fields, { nth: types.length, nth_of_type: types.filter((one) => one === type).length });
    } else Object.assign(fields, { name: 'mark' });
    return {
      at: index + delay,
      batch: {
        site: 'shop',
        session_id: 's',
        batch: `e${index}`,
        visitor_id: isTracker ? 'browser' : 'server',
        received_at: 0,
        expires_at: 9e9,
        events: [{ ...event, ...fields } as StoredEvent],
        ...(isTracker ? { entry_page: '/landing', source: 'google', device: 'mobile' } : {}),
      },
    };
  });
  batches.sort((a, b) => a.at - b.at);
  return batches.map(({ batch }, index) => ({ ...batch, received_at: index + 1 }));
}

const happening = fc.record<Happening>({
  kind: fc.constantFrom('page_view', 'conversion', 'custom'),
  by: fc.constantFrom('tracker', 'server'),
  which: fc.nat(PAGES.length - 1),
  engaged: fc.boolean(),
  delay: fc.oneof(fc.constant(0), fc.nat(6)),
});

const asNumbered = (batches: StoredBatch[]) => {
  const numbered = numberSession(batches.map(toOutline));
  return structuredClone(batches).map((batch) => {
    const numbers = numbered.get(batch.batch);
    return numbers ? withNumbers(batch, numbers) : batch;
  });
};

describe('a session with events that bring no ordinals', () => {
  it('has one first view, one second, one first of each page and of each conversion, whoever sent what, in whatever order it came', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 12 }), (happenings) => {
        const events = asNumbered(batchesOf(happenings)).flatMap((batch) => batch.events);
        const views = events.filter((event) => event.event_type === 'page_view');
        const conversions = events.filter((event) => event.event_type === 'conversion');
        const count = <Item>(items: Item[], holds: (item: Item) => boolean) => items.filter(holds).length;
        expect(count(views, ({ view }) => view === 1)).toBe(Math.min(views.length, 1));
        expect(count(views, ({ view }) => view === 2)).toBe(Math.max(0, Math.min(views.length - 1, 1)));
        expect(count(views, ({ from_page }) => from_page === undefined)).toBe(Math.min(views.length, 1));
        for (const page of PAGES) {
          const ofPage = views.filter(({ page_url }) => page_url === `https://shop.example${page}`);
          expect(count(ofPage, ({ first_on_page }) => first_on_page === true)).toBe(
            Math.min(ofPage.length, 1),
          );
        }
        expect(count(conversions, ({ nth }) => nth === 1)).toBe(Math.min(conversions.length, 1));
        const mayEngage =
          conversions.length > 0 || happenings.some(({ engaged, by }) => engaged && by === 'tracker');
        const engaged = events.filter(({ engaged }) => engaged === true);
        const isServers = ({ event_id }: StoredEvent) =>
          happenings[Number(event_id.slice(1))]?.by === 'server';
        if (views.length > 0) expect(engaged).toHaveLength(mayEngage ? 1 : 0);
        else expect(engaged.filter(isServers), 'without a page view, it is no session').toEqual([]);
        for (const type of TYPES) {
          const ofType = conversions.filter(({ conversion_type }) => conversion_type === type);
          expect(count(ofType, ({ nth_of_type }) => nth_of_type === 1)).toBe(Math.min(ofType.length, 1));
        }
      }),
    );
  });

  it('numbers a batch alike whatever arrives later, so that folding it again gives the same', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 10 }), fc.nat(10), (happenings, length) => {
        const batches = batchesOf(happenings);
        const early = asNumbered(batches.slice(0, length));
        expect(early).toEqual(asNumbered(batches).slice(0, length));
      }),
    );
  });

  it('leaves a session alone that the tracker counts by itself', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 10 }), (happenings) => {
        const batches = batchesOf(happenings.map((one) => ({ ...one, by: 'tracker' })));
        expect(numberSession(batches.map(toOutline)).size).toBe(0);
      }),
    );
  });

  it('belongs to the visitor, source and device of its tracker, where there is one', () => {
    const numbered = asNumbered(
      batchesOf([
        { kind: 'page_view', by: 'tracker', which: 0, engaged: false, delay: 0 },
        { kind: 'conversion', by: 'server', which: 0, engaged: false, delay: 0 },
      ]),
    );
    expect(numbered[1]).toMatchObject({
      visitor_id: 'browser',
      entry_page: '/landing',
      source: 'google',
      device: 'mobile',
    });
  });

  it('is engaged by a conversion from its first page view on, as it is no session before', () => {
    const by = 'server';
    const numbered = asNumbered(
      batchesOf([
        { kind: 'conversion', by, which: 0, engaged: false, delay: 0 },
        { kind: 'custom', by, which: 0, engaged: false, delay: 0 },
        { kind: 'page_view', by, which: 0, engaged: false, delay: 0 },
        { kind: 'conversion', by, which: 0, engaged: false, delay: 0 },
      ]),
    );
    const engaged = numbered.flatMap(({ events }) => events.map(({ engaged }) => engaged === true));
    expect(engaged).toEqual([false, false, true, false]);
  });

  it('lasts from its first event to its last, each break at most as long as a session may pause', () => {
    const events = [0, 5_000, 4_000, 3_700_000].map((timestamp, index) => ({
      event_id: `e${index}`,
      event_type: 'page_view' as const,
      timestamp,
    }));
    const base = { site: 'shop', session_id: 's', visitor_id: 'v', received_at: 1, expires_at: 9e9 };
    const [batch] = asNumbered([{ ...base, batch: 'e0', events }]);
    expect(batch?.events.map(({ gap_ms }) => gap_ms)).toEqual([0, 5_000, 0, 1_800_000]);
  });
});
