/** What every store must do, whatever it is built on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArrivalsQuery, NewBatch, Store, StoredBatch, StoredEvent } from '../storage/event-store.js';
import { sampleBatch, sampleEvent } from './sample-batch.js';

/** A database that several stores can be opened on, as by several processes. */
export interface StoreBed {
  /** Another store on the same data; the suite closes it. */
  open(): Store;
  /** Ends the database. */
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const utcDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Runs the contract against stores on an empty database. */
export function describeEventStore(name: string, start: () => Promise<StoreBed>): void {
  describe(name, () => {
    let bed: StoreBed;
    let store: Store;
    let sites = 0;
    /** Every test has a site of its own, so that none sees another's data. */
    const newSite = () => `site-${++sites}`;

    beforeAll(async () => {
      bed = await start();
      store = bed.open();
    }, 60_000);
    afterAll(async () => {
      await store?.close();
      await bed?.close();
    });

    /** All that arrived at the site around now. */
    async function arrived(site: string, more: Partial<ArrivalsQuery> = {}): Promise<StoredBatch[]> {
      const now = Date.now();
      const found: StoredBatch[] = [];
      for (const day of new Set([utcDay(now - 60_000), utcDay(now + 60_000)])) {
        const query = { site, day, shard: 0, from: now - DAY_MS, to: now + DAY_MS, limit: 100, ...more };
        for (let after: string | undefined; ; ) {
          const page = await store.arrivals({ ...query, ...(after === undefined ? {} : { after }) });
          expect(page.batches.length).toBeLessThanOrEqual(query.limit);
          found.push(...page.batches);
          if (page.next === undefined) break;
          after = page.next;
        }
      }
      return found;
    }

    const idsIn = (batches: StoredBatch[]) => batches.flatMap(({ events }) => events.map((e) => e.event_id));
    const storedIds = async (site: string, session = 'session-1') =>
      idsIn(await store.session(site, session)).sort();

    describe('keeps what it is given', () => {
      const full: Omit<NewBatch, 'site'> = {
        ...sampleBatch(['event-1', 'event-2']),
        user_id: 'user#1 \u{1f600} "quoted"',
        sent_at: 1_763_680_000_123,
        entry_page: '/',
        referrer: 'https://search.example/?q=größe',
        utm: { source: 'mail', medium: 'email', campaign: 'a=b&c', term: '', content: 'x' },
        source: 'mail',
        channel: 'email',
        language: 'ko',
        screen: '1920x1080',
        viewport: '1280x720',
        timezone: 'Asia/Seoul',
        browser: 'Chrome 142',
        os: 'Windows',
        device: 'desktop',
        country: 'KR',
        region: '11',
        bot: true,
        dropped: { queue_full: 3 },
      };

      it('gives back every field of a batch, by session and by arrival', async () => {
        const batch = { ...full, site: newSite() };
        const before = Date.now();
        expect(await store.append(batch)).toMatchObject({ kind: 'stored' });
        const { retention_days, shardAt, ...fields } = batch;
        const [stored] = await store.session(batch.site, batch.session_id);
        expect(stored).toEqual({
          ...fields,
          received_at: expect.any(Number),
          expires_at: expect.any(Number),
        });
        expect(stored?.received_at).toBeGreaterThan(before - 2_000);
        expect(stored?.received_at).toBeLessThan(Date.now() + 2_000);
        const keptMs = (stored?.expires_at ?? 0) * 1000 - (stored?.received_at ?? 0);
        expect(Math.round(keptMs / DAY_MS)).toBe(retention_days);
        expect(await arrived(batch.site)).toEqual([stored]);
      });

      it('gives back every field and event, however many there are and however they are stored', async () => {
        const site = newSite();
        for (let count = 1; count <= 30; count += 1) {
          const events = Array.from({ length: count }, (_, at) => sampleEvent(`event-${count}-${at}`));
          const batch = { ...full, site, session_id: `session-${count}`, batch: `batch-${count}`, events };
          await store.append(batch);
          const { retention_days, shardAt, ...fields } = batch;
          expect(await store.session(site, batch.session_id)).toMatchObject([fields]);
        }
      });

      it('leaves absent what is absent', async () => {
        const batch = sampleBatch(['event-1'], { site: newSite() });
        await store.append(batch);
        const { retention_days, shardAt, ...fields } = batch;
        const [stored] = await store.session(batch.site, batch.session_id);
        expect(stored).toEqual({
          ...fields,
          received_at: expect.any(Number),
          expires_at: expect.any(Number),
        });
      });

      it('takes numbers that are no time, as the clock of a device may claim', async () => {
        const site = newSite();
        const claims = [-1, 0, 1e300, Number.MAX_SAFE_INTEGER];
        for (const [at, sent_at] of claims.entries()) {
          expect(await store.append(sampleBatch([`event-${at}`], { site, sent_at }))).toMatchObject({
            kind: 'stored',
          });
        }
      });

      it('takes the largest batch that the wire allows', async () => {
        const site = newSite();
        // Random text, which no compression makes small.
        const noise = () => Array.from({ length: 80 }, () => Math.random().toString(36).slice(2)).join('');
        const events = Array.from({ length: 50 }, (_, at) => ({
          ...sampleEvent(`event-${at}`),
          props: { noise: noise(), more: noise(), and: noise(), still: noise() },
        }));
        const batch = sampleBatch(['event-0'], { site, events });
        expect(await store.append(batch)).toMatchObject({ kind: 'stored' });
        expect((await store.session(site, batch.session_id))[0]?.events).toEqual(events);
      });
    });

    describe('stores each event once', () => {
      it('when a batch is sent again, at once or later, to the same store or another', async () => {
        const site = newSite();
        const batch = sampleBatch(['event-1', 'event-2'], { site });
        const other = bed.open();
        await store.append(batch);
        expect(await store.append(batch)).toMatchObject({ kind: 'stored' });
        expect(await other.append({ ...batch, sent_at: 99, user_id: 'late' })).toMatchObject({
          kind: 'stored',
        });
        await other.close();
        const reopened = bed.open();
        expect(await reopened.append(batch)).toMatchObject({ kind: 'stored' });
        await reopened.close();
        expect(await storedIds(site)).toEqual(['event-1', 'event-2']);
        expect(await arrived(site)).toHaveLength(1);
      });

      it('when it is sent many times at once, to several stores', async () => {
        const site = newSite();
        const others = [bed.open(), bed.open()];
        const sends = Array.from({ length: 12 }, (_, at) =>
          (others[at % 2] ?? store).append(sampleBatch(['event-1', 'event-2'], { site })),
        );
        expect(new Set((await Promise.all(sends)).map(({ kind }) => kind))).toEqual(new Set(['stored']));
        expect(await storedIds(site)).toEqual(['event-1', 'event-2']);
        await Promise.all(others.map((other) => other.close()));
      });

      it('when it is packed again with further events: these are added', async () => {
        const site = newSite();
        const batch = 'event-1';
        await store.append(sampleBatch(['event-1', 'event-2'], { site }));
        const more = sampleBatch(['event-1', 'event-2', 'event-3'], { site, batch });
        expect(await store.append(more)).toMatchObject({ kind: 'stored' });
        expect(await store.append(more)).toMatchObject({ kind: 'stored' });
        expect(await storedIds(site)).toEqual(['event-1', 'event-2', 'event-3']);
        const parts = await store.session(site, 'session-1');
        expect(parts.map((part) => part.batch).sort()).toEqual(['event-1', 'event-1#2']);
      });

      it('when it is split and its pieces come in any order', async () => {
        const site = newSite();
        const batch = 'event-1';
        for (const ids of [
          ['event-3'],
          ['event-1', 'event-2'],
          ['event-2', 'event-3'],
          ['event-1', 'event-4'],
        ]) {
          expect(await store.append(sampleBatch(ids, { site, batch }))).toMatchObject({ kind: 'stored' });
        }
        expect(await storedIds(site)).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
      });

      it('when two tabs pack overlapping events under one name at once', async () => {
        const site = newSite();
        const batch = 'event-1';
        const other = bed.open();
        const packs = [
          ['event-1', 'event-2'],
          ['event-2', 'event-3'],
          ['event-1', 'event-3', 'event-4'],
          ['event-5'],
        ];
        const outcomes = await Promise.all(
          packs.map((ids, at) => (at % 2 ? store : other).append(sampleBatch(ids, { site, batch }))),
        );
        await other.close();
        expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['stored']));
        expect(await storedIds(site)).toEqual(['event-1', 'event-2', 'event-3', 'event-4', 'event-5']);
      });

      it('counts what the tracker gave up once, however the batch was packed again', async () => {
        const site = newSite();
        const dropped = { queue_full: 3 };
        await store.append(sampleBatch(['event-1'], { site, dropped }));
        await store.append(sampleBatch(['event-1', 'event-2'], { site, dropped }));
        const all = await store.session(site, 'session-1');
        expect(all.map((part) => part.dropped).filter(Boolean)).toEqual([dropped]);
      });

      it('refuses by name what would be the 17th item of a batch', async () => {
        const site = newSite();
        const batch = 'event-1';
        for (let at = 1; at <= 16; at += 1) {
          await store.append(sampleBatch([`event-${at}`], { site, batch }));
        }
        expect(await store.append(sampleBatch(['event-3', 'event-17'], { site, batch }))).toEqual({
          kind: 'batch_name_reused',
          event_ids: ['event-17'],
        });
        expect(await store.append(sampleBatch(['event-3', 'event-16'], { site, batch }))).toMatchObject({
          kind: 'stored',
        });
        expect(await storedIds(site)).toHaveLength(16);
      });
    });

    describe('says which events it has not stored because another event has their id', () => {
      const conversion: StoredEvent = {
        event_id: 'order-1',
        event_type: 'conversion',
        conversion_type: 'purchase',
        value: 99,
        currency: 'EUR',
        timestamp: 1_763_680_000_000,
        props: { items: [1, 2], zero: -0 },
      };

      it('whatever differs but the time, also beside events that are new', async () => {
        const site = newSite();
        const send = (...events: StoredEvent[]) =>
          store.append(sampleBatch(['order-1'], { site, batch: 'order-1', events }));
        await send(conversion);
        expect(await send({ ...conversion, value: 1 })).toEqual({ kind: 'stored', reused: ['order-1'] });
        expect(await send({ ...conversion, props: {} })).toEqual({ kind: 'stored', reused: ['order-1'] });
        expect(await send(sampleEvent('order-1'))).toEqual({ kind: 'stored', reused: ['order-1'] });
        expect(await send(sampleEvent('order-1'), sampleEvent('more'))).toMatchObject({
          kind: 'stored',
          fresh: { event_ids: ['more'] },
          reused: ['order-1'],
        });
        expect(await storedIds(site)).toEqual(['more', 'order-1']);
      });

      it('and takes a copy for one, whatever was made of its time at each attempt', async () => {
        const site = newSite();
        const send = (event: StoredEvent) =>
          store.append(sampleBatch(['order-1'], { site, events: [event] }));
        await send(conversion);
        const copies: StoredEvent[] = [
          conversion,
          { ...conversion, timestamp: 1_763_680_900_000, delayed: true },
          { ...conversion, timestamp: 7, clock: 'replaced', claimed_timestamp: 1_763_680_000_000 },
        ];
        for (const copy of copies) expect(await send(copy)).toEqual({ kind: 'stored' });
        expect(await storedIds(site)).toEqual(['order-1']);
      });
    });

    it('never takes one batch, session or site for another whose name is alike', async () => {
      const [site, alike] = ['a', 'a-b'].map((name) => `${newSite()}${name}`) as [string, string];
      const names = ['n', 'n-', 'n.', 'n0', 'nn', 'N', 'n_2', '_', '-', '.'];
      for (const batch of names) {
        await store.append(sampleBatch(['event-1'], { site, batch }));
        await store.append(sampleBatch(['event-1', `more-${batch}`], { site, batch }));
      }
      await store.append(sampleBatch(['event-1'], { site: alike, batch: 'n' }));
      await store.append(sampleBatch(['event-1'], { site, session_id: 'session-10', batch: 'n' }));
      const expected = names.flatMap((batch) => ['event-1', `more-${batch}`]).sort();
      expect(await storedIds(site)).toEqual(expected);
      expect(await storedIds(alike)).toEqual(['event-1']);
      expect(await storedIds(site, 'session-10')).toEqual(['event-1']);
    });

    describe('reads by arrival', () => {
      it('in order, in pages that neither miss nor repeat, from either end', async () => {
        const site = newSite();
        const ids = Array.from({ length: 23 }, (_, at) => `event-${at}`);
        // Many arrive within one millisecond.
        await Promise.all(ids.map((id) => store.append(sampleBatch([id], { site, session_id: `of-${id}` }))));
        const forward = await arrived(site, { limit: 4 });
        const times = forward.map(({ received_at }) => received_at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(idsIn(forward).sort()).toEqual(ids.toSorted());
        const backward = await arrived(site, { limit: 4, newestFirst: true });
        const timesBack = backward.map(({ received_at }) => received_at);
        expect(timesBack).toEqual(timesBack.toSorted((a, b) => b - a));
        expect(idsIn(backward).sort()).toEqual(ids.toSorted());
      });

      it('from the first arrival wanted up to, not including, the last', async () => {
        const site = newSite();
        await store.append(sampleBatch(['event-1'], { site }));
        const [first] = await arrived(site);
        const at = first?.received_at ?? 0;
        expect(await arrived(site, { from: at, to: at + 1 })).toHaveLength(1);
        expect(await arrived(site, { from: at - 1, to: at })).toHaveLength(0);
        expect(await arrived(site, { from: at + 1 })).toHaveLength(0);
        expect(await arrived(site, { from: at + 1, to: at })).toHaveLength(0);
      });

      it('the shard alone that the arrival belongs to', async () => {
        const site = newSite();
        await store.append(sampleBatch(['event-1'], { site, shardAt: () => 1 }));
        await store.append(sampleBatch(['event-2'], { site, shardAt: (at) => (at > 0 ? 12 : 0) }));
        expect(await arrived(site)).toEqual([]);
        expect(idsIn(await arrived(site, { shard: 1 }))).toEqual(['event-1']);
        expect(idsIn(await arrived(site, { shard: 12 }))).toEqual(['event-2']);
      });
    });

    it('gives a session in order of arrival', async () => {
      const site = newSite();
      for (const id of ['c', 'a', 'b']) await store.append(sampleBatch([id], { site }));
      const times = (await store.session(site, 'session-1')).map(({ received_at }) => received_at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(await store.session(site, 'nobody')).toEqual([]);
    });

    it('finds the sessions of a user, whatever characters the id has', async () => {
      const site = newSite();
      for (const [at, user_id] of ['u', 'u#1', 'u#1', 'ü "\\', 'x'.repeat(128)].entries()) {
        await store.append(sampleBatch([`e${at}`], { site, session_id: `s${at}`, user_id }));
      }
      expect(await store.sessionsOfUser(site, 'u')).toEqual(['s0']);
      expect((await store.sessionsOfUser(site, 'u#1')).sort()).toEqual(['s1', 's2']);
      expect(await store.sessionsOfUser(site, 'ü "\\')).toEqual(['s3']);
      expect(await store.sessionsOfUser(site, 'x'.repeat(128))).toEqual(['s4']);
      expect(await store.sessionsOfUser(newSite(), 'u')).toEqual([]);
    });

    it('knows the sites that had traffic on a day', async () => {
      const site = newSite();
      await store.append(sampleBatch(['event-1'], { site }));
      const [stored] = await store.session(site, 'session-1');
      expect(await store.activeSites(utcDay(stored?.received_at ?? 0))).toContain(site);
      expect(await store.activeSites('1999-12-31')).toEqual([]);
    });

    it('reads nothing that has expired', async () => {
      const site = newSite();
      const user_id = 'user-1';
      await store.append(sampleBatch(['event-1'], { site, user_id, retention_days: -5 }));
      expect(await store.session(site, 'session-1')).toEqual([]);
      expect(await arrived(site)).toEqual([]);
      expect(await store.sessionsOfUser(site, user_id)).toEqual([]);
    });

    it('reads the batches of one visitor, in pages that neither miss nor repeat', async () => {
      const site = newSite();
      for (let at = 0; at < 9; at += 1) {
        const visitor_id = `visitor-${at % 3}`;
        await store.append(sampleBatch([`event-${at}`], { site, session_id: `session-${at}`, visitor_id }));
      }
      const found = await arrived(site, { visitor_id: 'visitor-1', limit: 2 });
      expect(idsIn(found)).toEqual(['event-1', 'event-4', 'event-7']);
    });

    describe('deletes for good', () => {
      it('batches of a session, expired ones too, and nothing else', async () => {
        const site = newSite();
        await store.append(sampleBatch(['event-1'], { site }));
        await store.append(sampleBatch(['event-1', 'event-2'], { site, batch: 'event-1' }));
        await store.append(sampleBatch(['event-3'], { site, retention_days: -5 }));
        await store.append(sampleBatch(['event-4'], { site }));
        await store.append(sampleBatch(['event-1'], { site, session_id: 'session-2' }));
        const all = await store.session(site, 'session-1', { expired: true });
        expect(idsIn(all).sort()).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
        const names = ['event-1', 'event-1#2', 'event-3', 'never-there'];
        await store.deleteBatches(site, 'session-1', names);
        await store.deleteBatches(site, 'session-1', names);
        expect(idsIn(await store.session(site, 'session-1', { expired: true }))).toEqual(['event-4']);
        expect(await storedIds(site, 'session-2')).toEqual(['event-1']);
        expect(idsIn(await arrived(site)).sort()).toEqual(['event-1', 'event-4']);
      });

      it('what leads from a user to a session, until a further batch leads there again', async () => {
        const site = newSite();
        const of = (user_id: string, session_id: string, id: string) =>
          store.append(sampleBatch([id], { site, session_id, user_id }));
        await of('user-1', 'session-1', 'event-1');
        await of('user-1', 'session-2', 'event-2');
        await of('user-2', 'session-1', 'event-3');
        await store.deleteLinks(site, 'user-1', ['session-1', 'session-3']);
        expect(await store.sessionsOfUser(site, 'user-1')).toEqual(['session-2']);
        expect(await store.sessionsOfUser(site, 'user-2')).toEqual(['session-1']);
        await of('user-1', 'session-1', 'event-4');
        expect(await store.sessionsOfUser(site, 'user-1')).toEqual(['session-1', 'session-2']);
      });
    });

    it('leads to a session as long as any of its batches is kept, in whatever order they are sent again', async () => {
      const site = newSite();
      const user_id = 'user-1';
      const others = [bed.open(), bed.open()];
      await store.append(sampleBatch(['event-1'], { site, user_id, retention_days: 30 }));
      await others[0]?.append(sampleBatch(['event-2'], { site, user_id, retention_days: -5 }));
      await others[1]?.append(
        sampleBatch(['event-1'], { site, user_id, received_at: Date.now() - 400 * DAY_MS }),
      );
      await Promise.all(others.map((other) => other.close()));
      expect(await store.sessionsOfUser(site, user_id)).toEqual(['session-1']);
    });

    describe('keeps settings', () => {
      it('by site and kind, changed only from the version that was read', async () => {
        const site = newSite();
        const first = { kind: 'funnel', id: 'b', version: 1, body: '{"name":"größe"}' } as const;
        expect(await store.settings(site, 'funnel')).toEqual([]);
        expect(await store.putSetting(site, first)).toBe(true);
        expect(await store.putSetting(site, first)).toBe(false);
        const second = { ...first, version: 2, body: '{}' };
        const puts = await Promise.all([store.putSetting(site, second), store.putSetting(site, second)]);
        expect(puts.sort()).toEqual([false, true]);
        expect(await store.putSetting(site, { ...first, version: 4 })).toBe(false);
        await store.putSetting(site, { ...first, id: 'a' });
        await store.putSetting(site, { ...first, kind: 'alert' });
        await store.putSetting(newSite(), first);
        expect(await store.settings(site, 'funnel')).toEqual([{ ...first, id: 'a' }, second]);
      });

      it('until they are deleted', async () => {
        const site = newSite();
        const setting = { kind: 'annotation', id: 'a', version: 1, body: '{}' } as const;
        await store.putSetting(site, setting);
        expect(await store.deleteSetting(site, 'annotation', 'a')).toBe(true);
        expect(await store.deleteSetting(site, 'annotation', 'a')).toBe(false);
        expect(await store.settings(site, 'annotation')).toEqual([]);
        expect(await store.putSetting(site, { ...setting, version: 2 })).toBe(false);
      });
    });

    it('marks days for a cause until the mark is cleared, unless it was set again since', async () => {
      const site = newSite();
      const mark = { day: '2026-01-31', cause: 'import', marked_at: 1_000 } as const;
      await store.markDay(site, mark);
      await store.markDay(site, { ...mark, cause: 'erase' });
      await store.markDay(site, { ...mark, cause: 'history' }, 400);
      await store.markDay(site, { ...mark, marked_at: 2_000 });
      await store.clearMark(site, mark);
      expect(await store.markedDays(site, 'import')).toEqual([{ ...mark, marked_at: 2_000 }]);
      await store.clearMark(site, { ...mark, marked_at: 2_000 });
      expect(await store.markedDays(site, 'import')).toEqual([]);
      expect(await store.markedDays(site, 'erase')).toEqual([{ ...mark, cause: 'erase' }]);
      expect(await store.markedDays(site, 'history')).toEqual([{ ...mark, cause: 'history' }]);
    });

    it('answers what is under way when it is closed, and asks for a retry from then on', async () => {
      const site = newSite();
      const closing = bed.open();
      const underWay = Promise.all(
        Array.from({ length: 40 }, (_, at) => closing.append(sampleBatch([`event-${at}`], { site }))),
      );
      await closing.close();
      expect(new Set((await underWay).map(({ kind }) => kind))).toEqual(new Set(['stored']));
      expect(await storedIds(site)).toHaveLength(40);
      expect(await closing.append(sampleBatch(['late'], { site }))).toMatchObject({
        kind: 'retry',
        event_ids: ['late'],
      });
    });

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}
