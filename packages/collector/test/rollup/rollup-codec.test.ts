/** What is stored of a rollup is read again: as it is written now, and as it was before. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../../src/events/dimensions.js';
import { addBatch, emptyRollup, type Rollup } from '../../src/rollup/aggregate.js';
import { decodeRollup, encodeRollup, encodeSplit, mergeEncoded } from '../../src/rollup/rollup-codec.js';
import type { StoredBatch } from '../../src/storage/event-store.js';

const hash = (id: string) => BigInt(`0x${Buffer.from(id.padEnd(8)).subarray(0, 8).toString('hex')}`);

function rollupOf(sessions: number): Rollup {
  const rollup = emptyRollup();
  for (let at = 0; at < sessions; at += 1) {
    const batch: StoredBatch = {
      site: 'shop',
      session_id: `s${at}`,
      batch: `b${at}`,
      visitor_id: `v${at}`,
      received_at: 1_700_000_000_000 + at * 60_000,
      expires_at: 0,
      source: at % 2 === 0 ? 'google' : 'line\nbreak',
      events: [
        {
          event_id: `e${at}`,
          event_type: 'page_view',
          timestamp: 0,
          page_url: `https://a.example/${at % 7}`,
          view: 1,
          from_page: '/',
        },
        {
          event_id: `c${at}`,
          event_type: 'conversion',
          timestamp: 0,
          conversion_type: 'purchase',
          value: 9.5,
          currency: 'EUR',
          nth: 1,
        },
      ],
    };
    addBatch(rollup, batch, { hash });
  }
  return rollup;
}

/** What of a rollup can be compared: the sketches as they serialise. */
const plain = ({ visitors, unnumbered_sessions, ...rest }: Rollup) => ({
  ...rest,
  visitors: visitors.toBytes(),
  unnumbered_sessions: unnumbered_sessions.toBytes(),
});

describe.each([0, 20, 900])('the numbers of %i sessions', (sessions) => {
  const rollup = rollupOf(sessions);

  it('are read as they were written, in one piece or in two', () => {
    expect(plain(decodeRollup({ body: encodeRollup(rollup) }))).toEqual(plain(rollup));
    expect(plain(decodeRollup(encodeSplit(rollup)))).toEqual(plain(rollup));
  });

  it('are read where they were written in one line, as layout 2 was', () => {
    const [first = '', ...lines] = inflateRawSync(encodeRollup(rollup)).toString().split('\n');
    const { lines: names, ...head } = JSON.parse(first);
    const { strips, ...rows } = Object.fromEntries(
      names.map((name: string, at: number) => [name, JSON.parse(lines[at] ?? '')]),
    );
    const body = deflateRawSync(JSON.stringify({ ...head, layout: 2, strips, rows }));
    expect(plain(decodeRollup({ body }))).toEqual(plain(rollup));
  });

  it('give what is wanted and no more', () => {
    const some = emptyRollup();
    mergeEncoded(some, { body: encodeRollup(rollup) }, { dimensions: ['source'], fiveMinuteTotals: false });
    expect(some.rows.source).toEqual(rollup.rows.source);
    expect(some.totals).toEqual(rollup.totals);
    expect(some.fiveMinuteTotals.size).toBe(0);
    for (const dimension of DIMENSIONS) if (dimension !== 'source') expect(some.rows[dimension].size).toBe(0);
  });
});

it('give a question about one value the rows of it, and no counters for others', () => {
  const rollup = emptyRollup();
  const isWanted = (_: string, value: string) => value === '/3';
  mergeEncoded(
    rollup,
    { body: encodeRollup(rollupOf(50)) },
    { dimensions: DIMENSIONS, fiveMinuteTotals: false, rowFilter: isWanted },
  );
  expect([...rollup.rows.page.keys()]).toEqual(['/3']);
  expect(DIMENSIONS.reduce((rows, dimension) => rows + rollup.rows[dimension].size, 0)).toBe(1);
  expect(rollup.totals.page_views).toBe(50);
});

it('of a layout that is not known yet are refused', () => {
  const body = deflateRawSync(JSON.stringify({ layout: 99 }));
  expect(() => decodeRollup({ body })).toThrow(/layout 99: a newer LiveInsight stored it/);
});
