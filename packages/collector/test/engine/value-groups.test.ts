import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toProperties } from '../../src/columns/event-properties.js';
import { ValueGroups } from '../../src/engine/value-groups.js';
import { cutText } from '../../src/events/bound-key.js';
import { formTarget } from '../../src/events/dimensions.js';
import { OTHER } from '../../src/events/over-budget.js';
import { toPage } from '../../src/events/page-path.js';
import { ACTIONS, readProperty } from '../../src/reports/action-kinds.js';
import type { StoredEvent } from '../../src/storage/event-store.js';
import { batches } from '../columns/histories.js';
import { cuts, filters } from './chunks.js';
import { pickEvents, restrict, scan } from './shards.js';

const textOf = (event: StoredEvent, ...keys: string[]): string | undefined => {
  const props = new Map(toProperties(event).toReversed());
  const found = keys.map((key) => props.get(key)).find((value) => value !== undefined);
  return found === undefined ? undefined : cutText(String(found), 128);
};
const pageOf = ({ page_url }: StoredEvent): string | undefined =>
  page_url === undefined ? undefined : toPage(page_url);

describe('events by value', () => {
  it('are counted with their sessions, visitors, pages and times', async () => {
    const kind = fc.constantFrom('forms', 'errors');
    await fc.assert(
      fc.asyncProperty(batches, filters, cuts, kind, async (history, query, hours, kind) => {
        const restriction = restrict(query);
        const isErrors = kind === 'errors';
        const groups = new ValueGroups({
          ...restriction,
          ...(isErrors
            ? {
                isCounted: ({ type }) => type === 'custom',
                read: (chunk) => ({
                  value: readProperty(chunk, ['key-1', 'key-2']),
                  page: readProperty(chunk, ['key-3']),
                  release: readProperty(chunk, ['key-4']),
                }),
                groups: ['property'],
              }
            : ACTIONS.forms),
          hasTimes: isErrors,
        });
        await scan(history, hours, restriction, { add: (chunk, selection) => groups.add(chunk, selection) });

        const happened = pickEvents(history, restriction)
          .filter(({ event }) => event.event_type === (isErrors ? 'custom' : 'form_submit'))
          .map(({ batch, event }) => ({
            ...{ batch, event },
            value: (isErrors ? textOf(event, 'key-1', 'key-2') : cutForm(event)) || '(unknown)',
            page: (isErrors ? textOf(event, 'key-3') : pageOf(event)) || '(unknown)',
            release: textOf(event, 'key-4') || '(unknown)',
          }));
        const found = groups.finish();
        expect(new Set(found.map(({ value }) => value))).toEqual(new Set(happened.map(({ value }) => value)));
        for (const group of found) {
          const own = happened.filter(({ value }) => value === group.value);
          const times = own.map(({ event }) => event.timestamp);
          const count = <Key>(keys: Key[]) => new Set(keys).size;
          expect(group).toMatchObject({
            events: own.length,
            sessions: count(own.map(({ batch }) => batch.session_id)),
            visitors: count(own.map(({ batch }) => batch.visitor_id)),
          });
          expect(new Map(group.pages.map(({ page, events }) => [page, events]))).toEqual(
            countBy(own.map(({ page }) => page)),
          );
          if (!isErrors) continue;
          expect(group.seen).toEqual({ first: Math.min(...times), last: Math.max(...times) });
          expect(group.lastArrival).toBe(Math.max(...own.map(({ batch }) => batch.received_at)));
          expect(new Map(group.releases.map(({ release, events }) => [release, events]))).toEqual(
            countBy(own.map(({ release }) => release)),
          );
          for (const { release, first } of group.releases)
            expect(first).toBe(
              Math.min(...own.filter((one) => one.release === release).map(({ event }) => event.timestamp)),
            );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('say how often values, pages and releases are counted as (other)', async () => {
    await fc.assert(
      fc.asyncProperty(batches, cuts, fc.nat({ max: 3 }), async (history, hours, most) => {
        const restriction = restrict('');
        const count = async (max: { groups: number; parts: number }) => {
          const groups = new ValueGroups(
            {
              ...{ ...restriction, groups: ['property'], hasTimes: true, isCounted: () => true },
              read: (chunk) => ({
                value: readProperty(chunk, ['key-1']),
                page: readProperty(chunk, ['key-2']),
                release: readProperty(chunk, ['key-3']),
              }),
            },
            { ...max, distinctBytes: 1_000_000 },
          );
          await scan(history, hours, restriction, { add: (...added) => groups.add(...added) });
          return { over: groups.over, found: groups.finish() };
        };
        const countOther = (rows: { name: string; events: number }[]) =>
          rows.filter(({ name }) => name === OTHER).reduce((sum, { events }) => sum + events, 0);
        const [all, values, parts] = [
          await count({ groups: Number.POSITIVE_INFINITY, parts: Number.POSITIVE_INFINITY }),
          await count({ groups: most, parts: Number.POSITIVE_INFINITY }),
          await count({ groups: Number.POSITIVE_INFINITY, parts: most }),
        ];
        const ofValues = ({ found }: typeof all) =>
          countOther(found.map(({ value, events }) => ({ name: value, events })));
        const ofParts = ({ found }: typeof all) =>
          countOther(
            found.flatMap(({ pages, releases }) => [
              ...pages.map(({ page, events }) => ({ name: page, events })),
              ...releases.map(({ release, events }) => ({ name: release, events })),
            ]),
          );
        // Events may say (other) themselves.
        expect([all.over, values.over, parts.over]).toEqual([
          0,
          ofValues(values) - ofValues(all),
          ofParts(parts) - ofParts(all),
        ]);
      }),
      { numRuns: 50 },
    );
  });
});

const cutForm = (event: StoredEvent): string | undefined => {
  const form = formTarget(event);
  return form === undefined ? undefined : cutText(form, 512);
};

function countBy(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
