import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Attribution } from '../../src/engine/attribution.js';
import type { EventRule } from '../../src/engine/condition.js';
import { sessionValue } from '../../src/events/dimensions.js';
import { toMicros } from '../../src/events/money.js';
import { selectChunks } from '../../src/query/select-chunks.js';
import { toAttributed } from '../../src/reports/attributed-goal.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { batches, FROM, hash } from '../columns/histories.js';
import { cuts, filters, HOUR, toSet } from './chunks.js';
import { pickEvents, restrict, toShards } from './shards.js';

const GOAL: EventRule = { matchesKind: ({ conversionType }) => conversionType === 'goal-1' };
const lookbacks = fc.constantFrom(1_000, HOUR / 2, HOUR, 100 * HOUR);
const known = fc.constantFrom(undefined, FROM - 1, FROM + HOUR / 2);

const TEN_MINUTES = HOUR / 6;

/** Each session has one source, and two of six have none. Every second event is a conversion, and many happen at once. */
const histories = batches.map((history): StoredBatch[] =>
  history.map(({ source: _source, bot: _bot, ...batch }) => {
    const session = Number(batch.session_id.slice(-1));
    const events = batch.events.map((event, index): StoredEvent => {
      const timestamp = FROM + (Math.abs(event.timestamp) % 12) * TEN_MINUTES;
      const { event_id } = event;
      return index % 2 === 1
        ? { ...event, timestamp }
        : {
            ...{ event_id, timestamp, event_type: 'conversion', conversion_type: 'goal-1' },
            ...{ value: 1 + session, currency: 'EUR' },
          };
    });
    return session < 2 ? { ...batch, events } : { ...batch, events, source: `source-${session % 3}` };
  }),
);
const somehow = fc.oneof(fc.constant(''), filters);

describe('attribution', () => {
  it('owes conversions to the first and the last session before them', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        somehow,
        cuts,
        lookbacks,
        known,
        async (history, query, hours, lookbackMs, knownFrom) => {
          const restriction = restrict(query);
          const countFrom = FROM + 1;
          const attribution = new Attribution({
            ...restriction,
            ...toAttributed({ rule: GOAL, worth: { kind: 'own' } }),
            ...{ countFrom, lookbackMs, knownFrom, field: 'source' },
          });
          const set = toSet(toShards(history, hours));
          for await (const { chunk, selection } of selectChunks(set, restriction))
            attribution.add(chunk, selection);
          for await (const chunk of set.chunks()) attribution.addAgain(chunk);
          const found = attribution.finish();

          const expected = expectCredit(history, query, { countFrom, lookbackMs, knownFrom });
          expect(
            new Map(
              [...found].map(([value, { first, last }]) => [
                value,
                [first.conversions, last.conversions, round(first.money), round(last.money)],
              ]),
            ),
          ).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });
});

const round = (money: Map<string, number>) =>
  Object.fromEntries([...money].sort().map(([currency, micros]) => [currency, Math.round(micros / 1e4)]));

/** By its definition. */
function expectCredit(
  history: StoredBatch[],
  query: string,
  rules: { countFrom: number; lookbackMs: number; knownFrom: number | undefined },
) {
  const all = pickEvents(history, restrict(''));
  const personOf = ({ visitor_id, user_id }: StoredBatch): string => {
    if (user_id !== undefined) return `user ${user_id}`;
    const users = new Set(
      all.filter(({ batch }) => batch.visitor_id === visitor_id).flatMap(({ batch }) => batch.user_id ?? []),
    );
    return users.size === 1 ? `user ${[...users][0]}` : `visitor ${visitor_id}`;
  };
  const counted = pickEvents(history, restrict(query)).filter(
    ({ batch, event }) =>
      batch.received_at >= rules.countFrom &&
      event.event_type === 'conversion' &&
      event.conversion_type === 'goal-1',
  );
  const rows = new Map<string, [number, number, Map<string, number>, Map<string, number>]>();
  for (const { batch, event } of counted) {
    const own = all.filter((one) => personOf(one.batch) === personOf(batch));
    const sessions = [...new Set(own.map((one) => one.batch.session_id))].map((id) => {
      const events = own.filter((one) => one.batch.session_id === id);
      const start = Math.min(...events.map((one) => one.event.timestamp));
      const source = events.map((one) => sessionValue(one.batch, 'source') ?? '')[0] ?? '';
      return { id, start, source };
    });
    const within = sessions.filter(
      ({ id, start }) =>
        id === batch.session_id || (start <= event.timestamp && start >= event.timestamp - rules.lookbackMs),
    );
    const inOrder = within.sort((a, b) => a.start - b.start || compareHashes(a.id, b.id));
    const sources = inOrder.map(({ source }) => source);
    const referred = sources.filter((source) => source !== '(direct)');
    const credited = referred.length > 0 ? referred : sources;
    const isKnown = event.timestamp - rules.lookbackMs >= (rules.knownFrom ?? Number.NEGATIVE_INFINITY);
    const first = isKnown ? credited[0] : '(unknown)';
    const last = isKnown || referred.length > 0 ? credited.at(-1) : '(unknown)';
    for (const [model, value = ''] of [first, last].entries()) {
      const row = rows.get(value) ?? [0, 0, new Map(), new Map()];
      rows.set(value, row);
      row[model as 0 | 1] += 1;
      if (event.event_type !== 'conversion' || event.value === undefined || !event.currency) continue;
      const money = row[(model + 2) as 2 | 3];
      money.set(event.currency, (money.get(event.currency) ?? 0) + toMicros(event.value));
    }
  }
  return new Map(
    [...rows].map(([value, [first, last, firstMoney, lastMoney]]) => [
      value,
      [first, last, round(firstMoney), round(lastMoney)],
    ]),
  );
}

const compareHashes = (a: string, b: string): number => {
  const [left, right] = [hash(a), hash(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
};
