/** Makes numbers of a sample estimates of all: each is multiplied once. Pure. */
import { COUNTERS, type Counters } from '../events/counters.js';
import { roundMicros } from '../events/money.js';
import type { Rollup } from '../rollup/aggregate.js';
import type { Numbers } from './numbers.js';

/** @param weight visitors that each one of the sample stands for */
export function weighNumbers(numbers: Numbers, weight: number): void {
  const maps = new Set<ReadonlyMap<unknown, Counters>>(numbers.rows.values());
  for (const { rollup } of numbers.buckets) {
    weighTotals(rollup, weight);
    // Buckets can share rows.
    maps.add(rollup.fiveMinuteTotals);
    for (const rows of Object.values(rollup.rows)) maps.add(rows);
  }
  for (const rows of maps) for (const counters of rows.values()) weighCounters(counters, weight);
  numbers.facts.weight = weight;
  if (numbers.goal) numbers.goal.weight = weight;
}

function weighTotals({ totals, revenue, payments, visitors, unnumbered_sessions }: Rollup, weight: number) {
  weighCounters(totals, weight);
  for (const [currency, micros] of revenue) revenue.set(currency, roundMicros(micros * weight));
  for (const [currency, times] of payments) payments.set(currency, Math.round(times * weight));
  visitors.weight = weight;
  unnumbered_sessions.weight = weight;
}

function weighCounters(counters: Counters, weight: number): void {
  for (const name of COUNTERS) counters[name] = Math.round(counters[name] * weight);
}
