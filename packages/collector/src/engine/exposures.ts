/** Which variant of an experiment visitors saw first, and whether they reached its goal after that. Pure. */
import { MAX_EXPERIMENT_VARIANTS, MAX_SCANNED_VISITORS } from '../budgets.js';
import type { Chunk, Group } from '../columns/chunk.js';
import { BoundedRows } from './bounded-rows.js';
import type { EventRule } from './condition.js';
import { getRuleGroups, selectByRule } from './event-rule.js';
import { HashIndex } from './hash-index.js';
import { selectNamed } from './property-facts.js';
import {
  getRestrictionGroups,
  type Restriction,
  type Selection,
  type Span,
  toEventMask,
} from './selection.js';

export interface ExposuresPlan extends Restriction {
  /** The property whose value is the variant that was seen. */
  key: string;
  /** Only events of that name say so. Default: any. */
  event: string | undefined;
  goal: EventRule;
  /** Variants that are told apart however many others were sent. */
  named: readonly string[];
}

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

  add(chunk: Chunk, selection: Selection): void {
    const selected = toEventMask(chunk, selection);
    const seen = this.#readVariants(chunk, selected);
    const reached = selectByRule(chunk, this.plan.goal);
    const { count, visitor, firstEvent } = chunk.context();
    const { timestamp } = chunk.time();
    for (let context = 0; context < count; context += 1) {
      const [high = 0, low = 0] = [visitor.high[context], visitor.low[context]];
      if ((high & (this.share - 1)) !== 0) continue;
      let number = -1;
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (selected && selected[row] !== 1) continue;
        const [variant, isReached] = [seen?.[row] ?? NONE, reached[row] === 1];
        if (variant === NONE && !isReached) continue;
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

  /** By row of the events: the number of the variant that it says was seen. */
  #readVariants(chunk: Chunk, selected: Uint8Array | undefined): Uint16Array | undefined {
    const property = chunk.property().get(this.plan.key);
    if (!property) return undefined;
    const { rows, text, number } = property;
    const isCounted = selectNamed(chunk, this.plan.event, selected);
    const seen = new Uint16Array(chunk.events);
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      if (isCounted && isCounted[row] !== 1) continue;
      const value = number[index] ?? Number.NaN;
      seen[row] = this.#variants.find(
        Number.isNaN(value) ? (text.values[text.codes[index] ?? 0] ?? '') : String(value),
      );
    }
    return seen;
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
