/** Ways through pages, and visitors who come back: counted by trying everything. */
import { startOf } from './clock.js';
import type { Fact } from './history.js';
import { arrivedIn, groups } from './truth.js';

const DAY_MS = 86_400_000;

export type Step = (fact: Fact) => boolean;
export const views =
  (page: string): Step =>
  (fact) =>
    fact.kind === 'page_view' && fact.page === page;
export const converts =
  (type: string): Step =>
  (fact) =>
    fact.kind === 'conversion' && fact.type === type;

/** How many sessions come to each step, and half of them within how long since the step before. */
export function funnel(facts: Fact[], steps: Step[]) {
  const ways = [...groups(facts, ({ session }) => session.id).values()].map((own) =>
    matchFunnel(inTime(own), steps),
  );
  return {
    sessions: ways.length,
    steps: steps.map((_, at) => {
      const there = ways.filter((way) => way.length > at);
      const times = at === 0 ? [] : there.map((way) => (way[at] ?? 0) - (way[at - 1] ?? 0));
      return { sessions: there.length, median: median(times) };
    }),
  };
}

const inTime = (facts: Fact[]): Fact[] => [...facts].sort((a, b) => a.time - b.time);

/** The furthest way, of these the one that is there first, of these the one that began last. */
function matchFunnel(facts: Fact[], steps: Step[]): number[] {
  for (let length = steps.length; length > 0; length -= 1) {
    for (const [at, fact] of facts.entries()) {
      if (!steps[length - 1]?.(fact)) continue;
      const ways = waysBefore(facts.slice(0, at), steps.slice(0, length - 1));
      const [best] = ways.sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0) || (a.at(-1) ?? 0) - (b.at(-1) ?? 0));
      if (best) return [...best, fact.time];
    }
  }
  return [];
}

/** All ways of those steps. */
function waysBefore(facts: Fact[], steps: Step[]): number[][] {
  const last = steps.at(-1);
  if (!last) return [[]];
  return facts.flatMap((fact, at) =>
    last(fact) ? waysBefore(facts.slice(0, at), steps.slice(0, -1)).map((way) => [...way, fact.time]) : [],
  );
}

function median(numbers: number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** From page to page: how often, and of the views of the first how many. */
export function journeys(facts: Fact[]): { from: string; to: string; views: number; share: number }[] {
  const seen = facts.filter(({ kind }) => kind === 'page_view');
  return [...groups(seen, ({ from, page }) => `${from}\n${page}`).values()].flatMap((own) => {
    const { from, page: to } = own[0] ?? {};
    if (from === undefined || to === undefined) return [];
    return [
      { from, to, views: own.length, share: own.length / seen.filter(({ page }) => page === from).length },
    ];
  });
}

export function clicks(facts: Fact[], page: string) {
  const own = facts.filter((fact) => fact.page === page);
  const clicked = own.filter(({ kind }) => kind === 'click');
  const seen = own.filter(({ kind }) => kind === 'page_view').length;
  return {
    views: seen,
    clicks: clicked.length,
    targets: [...groups(clicked, ({ target }) => target ?? '')].map(([target, some]) => ({
      target,
      clicks: some.length,
      share: some.length / clicked.length,
      per_view: some.length / seen,
    })),
  };
}

/** By week, those who were not seen before, as far back as is known, and how many of them were seen in each week since. */
export function cohorts(all: Fact[], now: number, retentionDays: number, zone: string) {
  const known = now - retentionDays * DAY_MS;
  const facts = arrivedIn(all, { from: known, to: now });
  const weeks: number[] = [];
  for (let week = startOf(known, 'week', zone, 1); week < now; week = startOf(week, 'week', zone, 1))
    weeks.push(week);
  const seenIn = (from: number, to: number) =>
    new Set(arrivedIn(facts, { from, to }).map(({ session }) => session.visitor ?? session.id));
  return weeks.map((week, at) => {
    const earlier = seenIn(known, week);
    const members = [...seenIn(week, weeks[at + 1] ?? now)].filter((visitor) => !earlier.has(visitor));
    const returned = weeks.slice(at).map((start, later) => {
      const seen = seenIn(start, weeks[at + later + 1] ?? now);
      return members.filter((visitor) => seen.has(visitor)).length;
    });
    return { isKnown: week - known >= 7 * DAY_MS, visitors: members.length, returned };
  });
}
