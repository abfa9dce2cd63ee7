import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getFunnelGroups, type StepEvent, StepEvents } from '../../src/engine/step-events.js';
import { eventName } from '../../src/events/dimensions.js';
import { toPage } from '../../src/events/page-path.js';
import { parseFilters } from '../../src/query/filters.js';
import { selectChunks } from '../../src/query/select-chunks.js';
import { matchFunnel } from '../../src/reports/funnel-matcher.js';
import { parseSteps } from '../../src/reports/funnel-steps.js';
import { toSessionEvents } from '../../src/reports/session-loader.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { batches, FROM, TO } from '../columns/histories.js';
import { cuts, filters, NO_GOALS, toChunks, toSet } from './chunks.js';
import { groupBySession, pick } from './naive.js';

const steps = fc
  .array(
    fc.constantFrom(
      'page:/page-1',
      'page:/page-*',
      'page:/page-2',
      'event:custom-1',
      'event:goal-1',
      'event:click',
      'conversion:goal-0',
    ),
    { minLength: 2, maxLength: 4 },
  )
  .map((some) => `steps=${some.join(',')}`);

/** By their definition, from the event itself. */
function takes(step: string, event: StoredEvent): boolean {
  const [kind, value = ''] = [step.split(':')[0], step.slice(step.indexOf(':') + 1)];
  const type = event.event_type === 'conversion' ? event.conversion_type : undefined;
  if (kind === 'conversion') return type === value;
  if (kind === 'event') return eventName(event) === value || type === value;
  if (event.event_type !== 'page_view' || event.page_url === undefined) return false;
  const page = toPage(event.page_url);
  return value.endsWith('*') ? page.startsWith(value.slice(0, -1)) : page === value;
}

/** No two events at once: which of them was first is not known. */
const apart = (history: StoredBatch[]): StoredBatch[] =>
  history.map((batch, at) => ({
    ...batch,
    events: batch.events.map((event, index) => ({
      ...event,
      timestamp: FROM + ((event.timestamp - FROM) % 3_600_000) * 1_000 + at * 10 + index,
    })),
  }));

describe('step events', () => {
  it('lead sessions as far as their events do, one by one', async () => {
    await fc.assert(
      fc.asyncProperty(batches.map(apart), filters, steps, cuts, async (history, query, funnel, hours) => {
        const restriction = {
          ...{ from: FROM, to: TO, level: 'session' as const, calendar: getCalendar('UTC') },
          conditions: parseFilters(new URLSearchParams(query)),
        };
        const taken = await parseSteps(new URLSearchParams(funnel), NO_GOALS);
        const found = new StepEvents(taken.map(({ rule }) => rule));
        const set = toSet(toChunks(history, hours));
        for await (const { chunk, selection } of selectChunks(set, restriction)) found.add(chunk, selection);
        const matchers = taken.map((_, step) => ({
          matches: ({ steps: bits }: StepEvent) => (bits & (1 << step)) !== 0,
        }));

        const sessions = groupBySession(pick(history, { ...restriction, bounds: [FROM, TO] }));
        const active = [...sessions.values()].filter((some) => some.some(({ events }) => events.length > 0));
        const naive = active.map((some) =>
          matchFunnel(
            toSessionEvents(some).map(({ event }) => event),
            taken.map(({ step }) => ({ matches: (event: StoredEvent) => takes(step, event) })),
          ),
        );
        const times = (ways: number[][]) =>
          ways
            .filter((way) => way.length > 0)
            .map(String)
            .sort();
        expect(times(Array.from(found.bySession(), (events) => matchFunnel(events, matchers)))).toEqual(
          times(naive),
        );
        expect(found.sessions).toBe(active.length);
      }),
      { numRuns: 200 },
    );
  });

  it('need neither properties nor details', () => {
    const plan = {
      from: FROM,
      to: TO,
      conditions: [],
      level: 'session' as const,
      calendar: getCalendar('UTC'),
      rules: [{ matchesKind: () => true }],
    };
    expect([...getFunnelGroups(plan, plan)].sort()).toEqual(['arrival', 'context', 'event', 'ids', 'time']);
  });
});
