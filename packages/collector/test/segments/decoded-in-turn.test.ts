/** What a question holds of the days it reads: as they are stored, and decoded no more than the cache has room for. */
import { expect, it } from 'vitest';
import { MAX_SLICES } from '../../src/budgets.js';
import { type Chunk, GROUPS, type Group } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import type { SegmentChunk } from '../../src/columns/codec/open-segment.js';
import { sliceChunk } from '../../src/columns/slice-chunk.js';
import { readCovers } from '../../src/query/cover-chunks.js';
import type { ChunksContext } from '../../src/query/gap-chunks.js';
import { storedChunks } from '../../src/query/stored-chunks.js';
import { createSegmentCache } from '../../src/segments/segment-cache.js';
import { writeSegment } from '../../src/segments/write-segment.js';
import type { ResolvedSite } from '../../src/sites/site-registry.js';
import type { RollupKey, RollupStore } from '../../src/storage/rollup-store.js';
import type { SegmentRef } from '../../src/storage/segment-store.js';
import { DAY_MS } from '../../src/time/ms.js';
import { FROM, hash } from '../columns/histories.js';
import { ordinaryBatches } from '../columns/ordinary.js';

const DAYS = 4;
const KEY: RollupKey = { site: 'shop', shard: 0, kind: 'day', start: FROM };
const GROUPS_ASKED: readonly Group[] = ['context', 'ids', 'event'];

function build(day: number): Chunk {
  const [from, to] = [FROM + day * DAY_MS, FROM + (day + 1) * DAY_MS];
  const builder = createChunkBuilder({ hash, from, to });
  for (const batch of ordinaryBatches({ sessions: 1_500, seed: day }))
    builder.add({ ...batch, received_at: batch.received_at + day * DAY_MS });
  return builder.build();
}

/** Days as they are stored, and how many parts were read of them. */
async function storeDays(slices = 1) {
  const parts = new Map<string, Uint8Array>();
  const read: string[] = [];
  const name = (key: RollupKey, part: { segment: string; group: string; index: number }) =>
    `${key.start} ${part.segment} ${part.group} ${part.index}`;
  const store = {
    async putSegmentPart(key, part) {
      parts.set(name(key, part), part.bytes);
    },
    async segmentParts(key, asked) {
      read.push(...asked.map((part) => name(key, part)));
      return { parts: asked.map((part) => parts.get(name(key, part))), readUnits: 0 };
    },
  } as Partial<RollupStore> as RollupStore;
  const covers = [];
  for (let day = 0; day < DAYS; day += 1) {
    const key = { ...KEY, start: FROM + day * DAY_MS };
    const chunk = build(day);
    const expiry = { columns: 4e9, details: 4e9 };
    const segments: SegmentRef[] = [];
    for (const { chunk: part, slice } of sliceChunk(chunk, slices))
      segments.push(await writeSegment({ store, pace: async () => {} }, key, 1, part, expiry, slice));
    const state = { ...key, through: chunk.to, version: 1, body: Buffer.alloc(0) };
    covers.push({ state, segments, from: chunk.from, to: chunk.to });
  }
  return { store, covers, read };
}

const stored = storeDays();

async function readAll(cacheBytes: number) {
  const { store, covers, read } = await stored;
  const cache = createSegmentCache(cacheBytes);
  const context = {
    rollups: store,
    now: () => FROM,
    traffic: 'people',
  } as Partial<ChunksContext> as ChunksContext;
  const site = { id: 'shop' } as ResolvedSite;
  const reading = { context, site, cache, groups: () => GROUPS_ASKED, now: FROM, isWanted: () => true };
  const { chunks } = await readCovers(reading, covers);
  const seen: SegmentChunk[] = [];
  let most = 0;
  for (const chunk of chunks() as Iterable<SegmentChunk>) {
    seen.push(chunk);
    chunk.ids();
    chunk.event();
    most = Math.max(
      most,
      seen.reduce((sum, { decodedBytes }) => sum + decodedBytes, 0),
    );
  }
  return { most, seen, reading, covers, read };
}

it('days are decoded one after the other where the cache has no room for all', async () => {
  const { most, seen } = await readAll(2 ** 30);
  const [first] = seen;
  const cache = seen.reduce((sum, { storedBytes }) => sum + storedBytes, 0) + 2 * (first?.decodedBytes ?? 0);
  expect(seen).toHaveLength(DAYS);
  expect(most / (first?.decodedBytes ?? 0)).toBeGreaterThan(DAYS - 1);
  const small = await readAll(cache);
  // Two that the cache keeps, and the one whose turn it is.
  expect(small.most / (first?.decodedBytes ?? 0)).toBeLessThan(3.2);
  expect(small.seen.filter(({ decodedBytes }) => decodedBytes > 0).length).toBeGreaterThan(0);
});

it('what a question read is not read again by the next one, which adds what it lacks', async () => {
  const { reading, covers, read } = await readAll(2 ** 30);
  const before = read.length;
  const again = await readCovers(reading, covers);
  expect([...again.chunks()]).toHaveLength(DAYS);
  expect(read.length).toBe(before);
  const more = await readCovers({ ...reading, groups: () => ['context', 'arrival'] }, covers);
  expect([...more.chunks()].map((chunk) => chunk.arrival().length)).toEqual(
    [...again.chunks()].map(({ events }) => events),
  );
  expect(new Set(read.slice(before).map((name) => name.split(' ')[2]))).toEqual(new Set(['arrival']));
});

it('of a sample, only slices of the visitors that it takes are read, of each day the same', async () => {
  const { store, covers, read } = await storeDays(8);
  const states = covers.map(({ state, segments }) => ({
    ...state,
    columns: { through: state.through, events: 1, expires_at: 4e9, segments },
  }));
  const end = FROM + DAYS * DAY_MS;
  const rollups = { ...store, now: () => end, rollups: async () => ({ states, readUnits: 0 }) };
  const context = { rollups, events: NO_LOG } as Partial<ChunksContext> as ChunksContext;
  const bytes = covers
    .flatMap(({ segments }) => segments)
    .flatMap(({ groups }) => Object.values(groups))
    .reduce((sum, group) => sum + group.bytes, 0);
  const chunks = storedChunks(context, { cache: createSegmentCache(2 ** 30), maxBytes: bytes / 3 });
  const site = { id: 'shop', retentionDays: 30, shards: { steps: [{ count: 1 }] } } as ResolvedSite;
  const ask = (maySample: boolean) => chunks(site, { from: FROM, to: end }, () => GROUPS, { maySample });
  const { sample, knownFrom, notes } = await ask(true);
  const taken = Math.ceil((sample?.bound ?? 0) / (MAX_SLICES / 8));
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThan(5);
  expect(knownFrom).toBeUndefined();
  expect(notes).toEqual([]);
  const wanted = covers.flatMap(({ segments }) =>
    segments.filter(({ slice }) => (slice?.index ?? 0) < taken).map(({ id }) => id),
  );
  expect(new Set(read.map((name) => name.split(' ')[1]))).toEqual(new Set(wanted));
  // Who can't be given a sample gets the newest days, and is told so.
  const whole = await ask(false);
  expect(whole.sample).toBeUndefined();
  expect(whole.knownFrom).toBeGreaterThan(FROM);
  expect(whole.notes.map(({ code }) => code)).toEqual(['raw_events_cut']);
});

const NO_LOG = {
  arrivals: async () => ({ batches: [], bytes: 0, readUnits: 0, undecodable: [] }),
} as unknown as ChunksContext['events'];
