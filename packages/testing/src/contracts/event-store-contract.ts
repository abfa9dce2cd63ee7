/** What every event store must do, whatever it is built on. */

import { type EventStore, InvalidCursorError } from '@liveinsight/collector';
import { describe, expect, it } from 'vitest';
import { describeAppend } from './append-contract.js';
import { sampleBatch } from './sample-batch.js';
import { newSite, type RunningFixture, type StartFixture, useFixture } from './store-fixture.js';
import { arrived, idsIn, storedIds } from './stored-batches.js';
import { DAY_MS, utcDay } from './utc-day.js';

/** Runs the contract of `EventStore` on an empty database. */
export function describeEventStore(name: string, start: StartFixture<EventStore>): void {
  describe(name, () => {
    const fixture = useFixture(start);
    describeAppend(fixture);
    describeReads(fixture);
    describeDeletes(fixture);
    describeClosing(fixture);
  });
}

function describeReads(fixture: RunningFixture<EventStore>): void {
  describe('reads by arrival', () => {
    it('in order, in pages that neither miss nor repeat, from either end', async () => {
      const site = newSite();
      const ids = Array.from({ length: 23 }, (_, at) => `event-${at}`);
      // Many arrive within one millisecond.
      await Promise.all(
        ids.map((id) => fixture.store.append(sampleBatch([id], { site, session_id: `of-${id}` }))),
      );
      const forward = await arrived(fixture.store, site, { limit: 4 });
      const times = forward.map(({ received_at }) => received_at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(idsIn(forward).sort()).toEqual(ids.toSorted());
      const backward = await arrived(fixture.store, site, { limit: 4, newestFirst: true });
      const timesBack = backward.map(({ received_at }) => received_at);
      expect(timesBack).toEqual(timesBack.toSorted((a, b) => b - a));
      expect(idsIn(backward).sort()).toEqual(ids.toSorted());
    });

    it('from the first arrival wanted up to, not including, the last', async () => {
      const site = newSite();
      await fixture.store.append(sampleBatch(['event-1'], { site }));
      const [first] = await arrived(fixture.store, site);
      const at = first?.received_at ?? 0;
      expect(await arrived(fixture.store, site, { from: at, to: at + 1 })).toHaveLength(1);
      expect(await arrived(fixture.store, site, { from: at - 1, to: at })).toHaveLength(0);
      expect(await arrived(fixture.store, site, { from: at + 1 })).toHaveLength(0);
      expect(await arrived(fixture.store, site, { from: at + 1, to: at })).toHaveLength(0);
    });

    it('without what is skipped, and says how far it looked all the same', async () => {
      const site = newSite();
      for (const id of ['event-1', 'event-2', 'event-3'])
        await fixture.store.append(sampleBatch([id], { site, session_id: `of-${id}`, batch: id }));
      const [first, , third] = await arrived(fixture.store, site);
      const day = utcDay(first?.received_at ?? 0);
      const looked: string[] = [];
      const page = await fixture.store.arrivals({
        ...{ site, day, shard: 0, from: 0, to: (third?.received_at ?? 0) + 1, limit: 10 },
        skip: ({ session_id, batch, received_at }) => {
          looked.push(`${session_id}/${batch}`);
          return received_at >= (first?.received_at ?? 0) && batch !== 'event-2';
        },
      });
      expect(looked.sort()).toEqual(['of-event-1/event-1', 'of-event-2/event-2', 'of-event-3/event-3']);
      expect(idsIn(page.batches)).toEqual(['event-2']);
      expect(page.lastArrival).toBe(third?.received_at);
    });

    it('without what is skipped in pages, where nearly all is expected to be', async () => {
      const site = newSite();
      const ids = Array.from({ length: 23 }, (_, at) => `event-${at}`);
      await Promise.all(
        ids.map((id) => fixture.store.append(sampleBatch([id], { site, session_id: `of-${id}`, batch: id }))),
      );
      const wanted = ['event-3', 'event-11', 'event-22'];
      for (const newestFirst of [false, true]) {
        const found = await arrived(fixture.store, site, {
          ...{ limit: 4, newestFirst, skipsMost: true },
          skip: ({ batch }) => !wanted.includes(batch),
        });
        expect(idsIn(found).sort()).toEqual(wanted.toSorted());
        expect(found.every(({ visitor_id, events }) => visitor_id !== '' && events.length === 1)).toBe(true);
      }
    });

    it('the shard alone that the arrival belongs to', async () => {
      const site = newSite();
      await fixture.store.append(sampleBatch(['event-1'], { site, shardAt: () => 1 }));
      await fixture.store.append(sampleBatch(['event-2'], { site, shardAt: (at) => (at > 0 ? 12 : 0) }));
      expect(await arrived(fixture.store, site)).toEqual([]);
      expect(idsIn(await arrived(fixture.store, site, { shard: 1 }))).toEqual(['event-1']);
      expect(idsIn(await arrived(fixture.store, site, { shard: 12 }))).toEqual(['event-2']);
    });
  });

  it('gives a session in order of arrival', async () => {
    const site = newSite();
    for (const id of ['c', 'a', 'b']) await fixture.store.append(sampleBatch([id], { site }));
    const times = (await fixture.store.session(site, 'session-1')).map(({ received_at }) => received_at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(await fixture.store.session(site, 'nobody')).toEqual([]);
  });

  it('gives a session by name, in pages that neither miss nor repeat, of whatever form the names are', async () => {
    const site = newSite();
    const uuid = (index: number) => `0199f0c2-7c1e-7a3b-9d4e-${String(index).padStart(12, '0')}`;
    const names = Array.from({ length: 56 }, (_, index) => (index % 2 ? uuid(index) : `name-${index}`));
    for (const name of names) await fixture.store.append(sampleBatch([name], { site }));
    await fixture.store.append(sampleBatch(['name-0', 'second'], { site }));
    const all = [...names, 'name-0#2'].sort();
    const paged: string[] = [];
    for (let after: string | undefined, pages = 0; pages < 60; pages += 1) {
      const options = { limit: 5, ...(after === undefined ? {} : { after }) };
      const { batches, next } = await fixture.store.sessionPage(site, 'session-1', options);
      expect(batches.length).toBeLessThanOrEqual(5);
      paged.push(...batches.map(({ batch }) => batch));
      if (next === undefined) break;
      after = next;
    }
    expect(paged.toSorted()).toEqual(all);
    const visited: string[] = [];
    await fixture.store.visitSession(site, 'session-1', ({ batch }, bytes) => {
      expect(bytes).toBeGreaterThan(100);
      return visited.push(batch) < 54;
    });
    expect(visited).toEqual(paged.slice(0, 54));
    const items: { batch: string; events: number }[] = [];
    for (let after: string | undefined; ; ) {
      const page = await fixture.store.sessionItems(site, 'session-1', after);
      items.push(...page.items);
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(items.map(({ batch }) => batch)).toEqual(paged);
    expect(items.every(({ events }) => events === 1)).toBe(true);
  });

  it('notes the groups of sessions that had events without ordinals', async () => {
    const site = newSite();
    const purchase = {
      event_id: 'event-1',
      event_type: 'conversion',
      conversion_type: 'purchase',
      timestamp: 1,
    } as const;
    await fixture.store.append(sampleBatch(['event-1'], { site, events: [purchase] }));
    const today = utcDay(Date.now());
    expect((await fixture.store.unnumberedGroups(site, today)).size).toBe(1);
    expect((await fixture.store.unnumberedGroups(site, '2999-01-01')).size).toBe(0);
    expect((await fixture.store.unnumberedGroups(newSite(), today)).size).toBe(0);
  });

  it('refuses a cursor that no page of the query gave', async () => {
    const site = newSite();
    const now = Date.now();
    const query = { site, day: utcDay(now), shard: 0, from: now - DAY_MS, to: now + DAY_MS, limit: 1 };
    for (const after of ['', 'nonsense', '{}', '[]', 'null', '["a"]', '{"pk":{"S":"x"}}'])
      await expect(fixture.store.arrivals({ ...query, after })).rejects.toThrow(InvalidCursorError);
  });

  it('finds the sessions of a user, whatever characters the id has', async () => {
    const site = newSite();
    for (const [at, user_id] of ['u', 'u#1', 'u#1', 'ü "\\', 'x'.repeat(128)].entries()) {
      await fixture.store.append(sampleBatch([`e${at}`], { site, session_id: `s${at}`, user_id }));
    }
    expect(await fixture.store.sessionsOfUser(site, 'u')).toEqual(['s0']);
    expect((await fixture.store.sessionsOfUser(site, 'u#1')).sort()).toEqual(['s1', 's2']);
    expect(await fixture.store.sessionsOfUser(site, 'ü "\\')).toEqual(['s3']);
    expect(await fixture.store.sessionsOfUser(site, 'x'.repeat(128))).toEqual(['s4']);
    expect(await fixture.store.sessionsOfUser(newSite(), 'u')).toEqual([]);
  });

  it('knows the sites that had traffic on a day', async () => {
    const site = newSite();
    await fixture.store.append(sampleBatch(['event-1'], { site }));
    const [stored] = await fixture.store.session(site, 'session-1');
    expect(await fixture.store.activeSites(utcDay(stored?.received_at ?? 0))).toContain(site);
    expect(await fixture.store.activeSites('1999-12-31')).toEqual([]);
  });

  it('reads nothing that has expired', async () => {
    const site = newSite();
    const user_id = 'user-1';
    await fixture.store.append(sampleBatch(['event-1'], { site, user_id, retention_days: -5 }));
    expect(await fixture.store.session(site, 'session-1')).toEqual([]);
    expect(await arrived(fixture.store, site)).toEqual([]);
    expect(await fixture.store.sessionsOfUser(site, user_id)).toEqual([]);
  });

  it('reads the batches of one visitor, in pages that neither miss nor repeat', async () => {
    const site = newSite();
    for (let at = 0; at < 9; at += 1) {
      const visitor_id = `visitor-${at % 3}`;
      await fixture.store.append(
        sampleBatch([`event-${at}`], { site, session_id: `session-${at}`, visitor_id }),
      );
    }
    const found = await arrived(fixture.store, site, { visitor_id: 'visitor-1', limit: 2 });
    expect(idsIn(found)).toEqual(['event-1', 'event-4', 'event-7']);
  });
}

function describeDeletes(fixture: RunningFixture<EventStore>): void {
  describe('deletes for good', () => {
    it('batches of a session, expired ones too, and nothing else', async () => {
      const site = newSite();
      await fixture.store.append(sampleBatch(['event-1'], { site }));
      await fixture.store.append(sampleBatch(['event-1', 'event-2'], { site, batch: 'event-1' }));
      await fixture.store.append(sampleBatch(['event-3'], { site, retention_days: -5 }));
      await fixture.store.append(sampleBatch(['event-4'], { site }));
      await fixture.store.append(sampleBatch(['event-1'], { site, session_id: 'session-2' }));
      const all = await fixture.store.session(site, 'session-1', { expired: true });
      expect(idsIn(all).sort()).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
      const names = ['event-1', 'event-1#2', 'event-3', 'never-there'];
      await fixture.store.deleteBatches(site, 'session-1', names);
      await fixture.store.deleteBatches(site, 'session-1', names);
      expect(idsIn(await fixture.store.session(site, 'session-1', { expired: true }))).toEqual(['event-4']);
      expect(await storedIds(fixture.store, site, 'session-2')).toEqual(['event-1']);
      expect(idsIn(await arrived(fixture.store, site)).sort()).toEqual(['event-1', 'event-4']);
    });

    it('what leads from a user to a session, until a further batch leads there again', async () => {
      const site = newSite();
      const of = (user_id: string, session_id: string, id: string) =>
        fixture.store.append(sampleBatch([id], { site, session_id, user_id }));
      await of('user-1', 'session-1', 'event-1');
      await of('user-1', 'session-2', 'event-2');
      await of('user-2', 'session-1', 'event-3');
      await fixture.store.deleteLinks(site, 'user-1', ['session-1', 'session-3']);
      expect(await fixture.store.sessionsOfUser(site, 'user-1')).toEqual(['session-2']);
      expect(await fixture.store.sessionsOfUser(site, 'user-2')).toEqual(['session-1']);
      await of('user-1', 'session-1', 'event-4');
      expect(await fixture.store.sessionsOfUser(site, 'user-1')).toEqual(['session-1', 'session-2']);
    });
  });

  it('leads to a session as long as any of its batches is kept, in whatever order they are sent again', async () => {
    const site = newSite();
    const user_id = 'user-1';
    const others = [fixture.open(), fixture.open()];
    await fixture.store.append(sampleBatch(['event-1'], { site, user_id, retention_days: 30 }));
    await others[0]?.append(sampleBatch(['event-2'], { site, user_id, retention_days: -5 }));
    await others[1]?.append(
      sampleBatch(['event-1'], { site, user_id, received_at: Date.now() - 400 * DAY_MS }),
    );
    await Promise.all(others.map((other) => other.close()));
    expect(await fixture.store.sessionsOfUser(site, user_id)).toEqual(['session-1']);
  });
}

function describeClosing(fixture: RunningFixture<EventStore>): void {
  it('answers what is under way when it is closed, and asks for a retry from then on', async () => {
    const site = newSite();
    const closing = fixture.open();
    const underWay = Promise.all(
      Array.from({ length: 40 }, (_, at) => closing.append(sampleBatch([`event-${at}`], { site }))),
    );
    await closing.close();
    expect(new Set((await underWay).map(({ kind }) => kind))).toEqual(new Set(['stored']));
    expect(await storedIds(fixture.store, site)).toHaveLength(40);
    expect(await closing.append(sampleBatch(['late'], { site }))).toMatchObject({
      kind: 'retry',
      event_ids: ['late'],
    });
  });

  it('answers a ping', async () => {
    await expect(fixture.store.ping()).resolves.toBeUndefined();
  });
}
