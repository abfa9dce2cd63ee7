/** Which variant of an experiment visitors saw first, and whether they reached its goal after that. Pure. */
import { MAX_EXPERIMENT_VARIANTS, MAX_SCANNED_VISITORS } from '../budgets.js';
import type { Chunk, Group } from '../columns/chunk.js';
import { BoundedRows } from './bounded-rows.js';
import { propertyColumn } from './column.js';
import type { EventRule } from './condition.js';
import { getRuleGroups, selectByRule } from './event-rule.js';
import { HashIndex } from './hash-index.js';
import { getRestrictionGroups, type Restriction, type Selection, type Span } from './selection.js';

export interface ExposuresPlan extends Restriction {
  /** The property whose value is the variant that was seen. */
  key: string;
  /** Only events of that name say so. Default: any. */
  event: string | undefined;
  goal: EventRule;
  /** Variants that are told apart however many others were sent. */
  named: readonly string[];
  /** What several scans share. */
  readVariants?: (chunk: Chunk) => VariantAt;
  selectReached?: (chunk: Chunk) => Uint8Array;
}

/** The variant that an event says was seen. */
type VariantAt = (event: number) => string | undefined;

/** Visitors who saw one variant and no other. */
export interface VariantCount {
  variant: string;
  visitors: number;
  /** How many of them reached the goal when they had seen it, or later. */
  conversions: number;
}

export const getExposuresGroups = (plan: ExposuresPlan, span: Span): Set<Group> =>
  new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...getRuleGroups(plan.goal),
    ...(['context', 'event', 'property', 'arrival', 'time'] as const),
  ]);

const NONE = 0;
const SEVERAL = 1;

export class Exposures {
  /** Visitors who saw more than one variant. */
  several = 0;
  readonly #visitors = new HashIndex();
  /** Numbers of variants, after those that stand for none and for several. */
  readonly #variants: BoundedRows<number>;
  #variant = new Uint16Array(1_024);
  #firstSeen = new Float64Array(1_024).fill(Number.POSITIVE_INFINITY);
  #lastReached = new Float64Array(1_024).fill(Number.NEGATIVE_INFINITY);

  /** @param share one of so many visitors is looked at, a power of two */
  constructor(
    readonly plan: ExposuresPlan,
    readonly share = 1,
    readonly max = { visitors: MAX_SCANNED_VISITORS, variants: MAX_EXPERIMENT_VARIANTS },
  ) {
    this.#variants = new BoundedRows(max.variants, (number) => number + SEVERAL + 1);
    for (const variant of plan.named) this.#variants.find(variant);
  }

  /** How many times a variant was counted as `(other)`. */
  get over(): number {
    return this.#variants.over;
  }

  /** Whether there are more visitors than are remembered: it is of no use any more. */
  get isFull(): boolean {
    return this.#visitors.size > this.max.visitors;
  }

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const seenAt = this.plan.readVariants?.(chunk) ?? readVariants(chunk, this.plan);
    const reached = this.plan.selectReached?.(chunk) ?? selectByRule(chunk, this.plan.goal);
    const { count, visitor, firstEvent } = chunk.context();
    const { timestamp } = chunk.time();
    for (let context = 0; context < count; context += 1) {
      const [high = 0, low = 0] = [visitor.high[context], visitor.low[context]];
      if (contexts?.[context] === 0 || (high & (this.share - 1)) !== 0) continue;
      let number = -1;
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (events?.[row] === 0) continue;
        const [value, isReached] = [seenAt(row), reached[row] === 1];
        if (value === undefined && !isReached) continue;
        const variant = value === undefined ? NONE : this.#variants.find(value);
        if (number < 0) number = this.#find(high, low);
        const time = timestamp[row] ?? 0;
        if (variant !== NONE) this.#see(number, variant, time);
        if (isReached && time > (this.#lastReached[number] ?? time)) this.#lastReached[number] = time;
      }
    }
  }

  /** Those that most visitors saw first. */
  finish(): VariantCount[] {
    const counts = [...this.#variants].map(([variant]) => ({ variant, visitors: 0, conversions: 0 }));
    this.several = 0;
    for (let number = 0; number < this.#visitors.size; number += 1) {
      const variant = this.#variant[number] ?? NONE;
      const count = counts[variant - SEVERAL - 1];
      if (variant === SEVERAL) this.several += 1;
      if (!count) continue;
      count.visitors += 1;
      if ((this.#lastReached[number] ?? 0) >= (this.#firstSeen[number] ?? 0)) count.conversions += 1;
    }
    return counts
      .filter(({ visitors }) => visitors > 0)
      .sort((a, b) => b.visitors - a.visitors || (a.variant < b.variant ? -1 : 1));
  }

  #see(visitor: number, variant: number, time: number): void {
    const before = this.#variant[visitor] ?? NONE;
    this.#variant[visitor] = before === NONE || before === variant ? variant : SEVERAL;
    if (time < (this.#firstSeen[visitor] ?? time)) this.#firstSeen[visitor] = time;
  }

  #find(high: number, low: number): number {
    const number = this.#visitors.add(high, low);
    if (number >= this.#variant.length) this.#grow();
    return number;
  }

  #grow(): void {
    const [variant, firstSeen, lastReached] = [this.#variant, this.#firstSeen, this.#lastReached];
    this.#variant = new Uint16Array(2 * variant.length);
    this.#firstSeen = new Float64Array(2 * firstSeen.length).fill(Number.POSITIVE_INFINITY);
    this.#lastReached = new Float64Array(2 * lastReached.length).fill(Number.NEGATIVE_INFINITY);
    this.#variant.set(variant);
    this.#firstSeen.set(firstSeen);
    this.#lastReached.set(lastReached);
  }
}

export function readVariants(chunk: Chunk, { key, event }: Pick<ExposuresPlan, 'key' | 'event'>): VariantAt {
  const property = chunk.property().get(key);
  if (!property) return () => undefined;
  const { codes, values } = propertyColumn(chunk, property);
  const { kind, kinds } = chunk.event();
  const isCounted = kinds.map(({ name }) => event === undefined || name === event);
  return (row) => (isCounted[kind[row] ?? 0] ? values[codes[row] ?? 0] : undefined);
}
