/** What every store must do with batches: keep what it is given, each event once. */

import type { EventStore, NewBatch, StoredEvent } from '@liveinsight/collector';
import { describe, expect, it } from 'vitest';
import { sampleBatch, sampleEvent } from './sample-batch.js';
import { newSite, type RunningFixture } from './store-fixture.js';
import { arrived, storedIds } from './stored-batches.js';
import { DAY_MS } from './utc-day.js';

export function describeAppend(fixture: RunningFixture<EventStore>): void {
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
      expect(await fixture.store.append(batch)).toMatchObject({ kind: 'stored' });
      const { retention_days, shardAt, ...fields } = batch;
      const [stored] = await fixture.store.session(batch.site, batch.session_id);
      expect(stored).toEqual({
        ...fields,
        received_at: expect.any(Number),
        expires_at: expect.any(Number),
      });
      expect(stored?.received_at).toBeGreaterThan(before - 2_000);
      expect(stored?.received_at).toBeLessThan(Date.now() + 2_000);
      const keptMs = (stored?.expires_at ?? 0) * 1000 - (stored?.received_at ?? 0);
      expect(Math.round(keptMs / DAY_MS)).toBe(retention_days);
      expect(await arrived(fixture.store, batch.site)).toEqual([stored]);
    });

    it('gives back every field and event, however many there are and however they are stored', async () => {
      const site = newSite();
      for (let count = 1; count <= 30; count += 1) {
        const events = Array.from({ length: count }, (_, at) => sampleEvent(`event-${count}-${at}`));
        const batch = { ...full, site, session_id: `session-${count}`, batch: `batch-${count}`, events };
        await fixture.store.append(batch);
        const { retention_days, shardAt, ...fields } = batch;
        expect(await fixture.store.session(site, batch.session_id)).toMatchObject([fields]);
      }
    });

    it('leaves absent what is absent', async () => {
      const batch = sampleBatch(['event-1'], { site: newSite() });
      await fixture.store.append(batch);
      const { retention_days, shardAt, ...fields } = batch;
      const [stored] = await fixture.store.session(batch.site, batch.session_id);
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
        expect(await fixture.store.append(sampleBatch([`event-${at}`], { site, sent_at }))).toMatchObject({
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
      expect(await fixture.store.append(batch)).toMatchObject({ kind: 'stored' });
      expect((await fixture.store.session(site, batch.session_id))[0]?.events).toEqual(events);
    });
  });

  describe('stores each event once', () => {
    it('when a batch is sent again, at once or later, to the same store or another', async () => {
      const site = newSite();
      const batch = sampleBatch(['event-1', 'event-2'], { site });
      const other = fixture.open();
      await fixture.store.append(batch);
      expect(await fixture.store.append(batch)).toMatchObject({ kind: 'stored' });
      expect(await other.append({ ...batch, sent_at: 99, user_id: 'late' })).toMatchObject({
        kind: 'stored',
      });
      await other.close();
      const reopened = fixture.open();
      expect(await reopened.append(batch)).toMatchObject({ kind: 'stored' });
      await reopened.close();
      expect(await storedIds(fixture.store, site)).toEqual(['event-1', 'event-2']);
      expect(await arrived(fixture.store, site)).toHaveLength(1);
    });

    it('when it is sent many times at once, to several stores', async () => {
      const site = newSite();
      const others = [fixture.open(), fixture.open()];
      const sends = Array.from({ length: 12 }, (_, at) =>
        (others[at % 2] ?? fixture.store).append(sampleBatch(['event-1', 'event-2'], { site })),
      );
      expect(new Set((await Promise.all(sends)).map(({ kind }) => kind))).toEqual(new Set(['stored']));
      expect(await storedIds(fixture.store, site)).toEqual(['event-1', 'event-2']);
      await Promise.all(others.map((other) => other.close()));
    });

    it('when it is packed again with further events: these are added', async () => {
      const site = newSite();
      const batch = 'event-1';
      await fixture.store.append(sampleBatch(['event-1', 'event-2'], { site }));
      const more = sampleBatch(['event-1', 'event-2', 'event-3'], { site, batch });
      expect(await fixture.store.append(more)).toMatchObject({ kind: 'stored' });
      expect(await fixture.store.append(more)).toMatchObject({ kind: 'stored' });
      expect(await storedIds(fixture.store, site)).toEqual(['event-1', 'event-2', 'event-3']);
      const parts = await fixture.store.session(site, 'session-1');
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
        expect(await fixture.store.append(sampleBatch(ids, { site, batch }))).toMatchObject({
          kind: 'stored',
        });
      }
      expect(await storedIds(fixture.store, site)).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
    });

    it('when two tabs pack overlapping events under one name at once', async () => {
      const site = newSite();
      const batch = 'event-1';
      const other = fixture.open();
      const packs = [
        ['event-1', 'event-2'],
        ['event-2', 'event-3'],
        ['event-1', 'event-3', 'event-4'],
        ['event-5'],
      ];
      const outcomes = await Promise.all(
        packs.map((ids, at) => (at % 2 ? fixture.store : other).append(sampleBatch(ids, { site, batch }))),
      );
      await other.close();
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['stored']));
      expect(await storedIds(fixture.store, site)).toEqual([
        'event-1',
        'event-2',
        'event-3',
        'event-4',
        'event-5',
      ]);
    });

    it('counts what the tracker gave up once, however the batch was packed again', async () => {
      const site = newSite();
      const dropped = { queue_full: 3 };
      await fixture.store.append(sampleBatch(['event-1'], { site, dropped }));
      await fixture.store.append(sampleBatch(['event-1', 'event-2'], { site, dropped }));
      const all = await fixture.store.session(site, 'session-1');
      expect(all.map((part) => part.dropped).filter(Boolean)).toEqual([dropped]);
    });

    it('refuses by name what would be the 17th item of a batch', async () => {
      const site = newSite();
      const batch = 'event-1';
      for (let at = 1; at <= 16; at += 1) {
        await fixture.store.append(sampleBatch([`event-${at}`], { site, batch }));
      }
      expect(await fixture.store.append(sampleBatch(['event-3', 'event-17'], { site, batch }))).toEqual({
        kind: 'batch_name_reused',
        event_ids: ['event-17'],
      });
      expect(await fixture.store.append(sampleBatch(['event-3', 'event-16'], { site, batch }))).toMatchObject(
        {
          kind: 'stored',
        },
      );
      expect(await storedIds(fixture.store, site)).toHaveLength(16);
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
        fixture.store.append(sampleBatch(['order-1'], { site, batch: 'order-1', events }));
      await send(conversion);
      expect(await send({ ...conversion, value: 1 })).toEqual({ kind: 'stored', reused: ['order-1'] });
      expect(await send({ ...conversion, props: {} })).toEqual({ kind: 'stored', reused: ['order-1'] });
      expect(await send(sampleEvent('order-1'))).toEqual({ kind: 'stored', reused: ['order-1'] });
      expect(await send(sampleEvent('order-1'), sampleEvent('more'))).toMatchObject({
        kind: 'stored',
        inserted: { event_ids: ['more'] },
        reused: ['order-1'],
      });
      expect(await storedIds(fixture.store, site)).toEqual(['more', 'order-1']);
    });

    it('and takes a copy for one, whatever was made of its time at each attempt', async () => {
      const site = newSite();
      const send = (event: StoredEvent) =>
        fixture.store.append(sampleBatch(['order-1'], { site, events: [event] }));
      await send(conversion);
      const copies: StoredEvent[] = [
        conversion,
        { ...conversion, timestamp: 1_763_680_900_000, delayed: true },
        { ...conversion, timestamp: 7, clock: 'replaced', claimed_timestamp: 1_763_680_000_000 },
      ];
      for (const copy of copies) expect(await send(copy)).toEqual({ kind: 'stored' });
      expect(await storedIds(fixture.store, site)).toEqual(['order-1']);
    });
  });

  it('gives back ids that are UUIDs, and takes none for another that is written otherwise', async () => {
    const site = newSite();
    const id = '0199f0c2-7c1e-7a3b-9d4e-5f60718293a4';
    const ids = [id, id.toUpperCase(), id.replaceAll('-', ''), `${id}0`, id.replace('0', '1')];
    for (const [index, batch] of ids.entries()) {
      const of = { site, session_id: id, visitor_id: id, batch };
      await fixture.store.append(sampleBatch([`event-${index}`], of));
      await fixture.store.append(sampleBatch([`event-${index}`, `more-${index}`], of));
      await fixture.store.append(
        sampleBatch([`other-${index}`], { site, session_id: batch, visitor_id: batch }),
      );
    }
    const stored = await fixture.store.session(site, id);
    expect(stored.map(({ batch }) => batch).sort()).toEqual(
      [...ids.flatMap((batch) => [batch, `${batch}#2`]), 'other-0'].sort(),
    );
    expect(new Set(stored.map(({ visitor_id, session_id }) => `${visitor_id} ${session_id}`))).toEqual(
      new Set([`${id} ${id}`]),
    );
    for (const [index, session] of ids.slice(1).entries())
      expect(await storedIds(fixture.store, site, session)).toEqual([`other-${index + 1}`]);
    const ofVisitor = await arrived(fixture.store, site, { visitor_id: ids[1] ?? '' });
    expect(ofVisitor.map(({ batch }) => batch)).toEqual(['other-1']);
  });

  it('never takes one batch, session or site for another whose name is alike', async () => {
    const [site, alike] = ['a', 'a-b'].map((name) => `${newSite()}${name}`) as [string, string];
    const names = ['n', 'n-', 'n.', 'n0', 'nn', 'N', 'n_2', '_', '-', '.'];
    for (const batch of names) {
      await fixture.store.append(sampleBatch(['event-1'], { site, batch }));
      await fixture.store.append(sampleBatch(['event-1', `more-${batch}`], { site, batch }));
    }
    await fixture.store.append(sampleBatch(['event-1'], { site: alike, batch: 'n' }));
    await fixture.store.append(sampleBatch(['event-1'], { site, session_id: 'session-10', batch: 'n' }));
    const expected = names.flatMap((batch) => ['event-1', `more-${batch}`]).sort();
    expect(await storedIds(fixture.store, site)).toEqual(expected);
    expect(await storedIds(fixture.store, alike)).toEqual(['event-1']);
    expect(await storedIds(fixture.store, site, 'session-10')).toEqual(['event-1']);
  });
}
