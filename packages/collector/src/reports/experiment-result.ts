/** What the numbers of an experiment say: of each variant, and of all in a code for programs and a sentence for people. Pure. */
import type { ExperimentData, ExperimentVariant } from '@liveinsight/schema';
import { compareRates, MIN_OUTCOMES } from '../engine/confidence-sequence.js';
import type { VariantCount } from '../engine/exposures.js';
import { checkSplit } from '../engine/split-check.js';
import { OTHER } from '../events/over-budget.js';
import { type ExperimentQuery, MAX_COMPARED, type Split } from './experiment-query.js';

type ExperimentNumbers = Pick<ExperimentData, 'control' | 'variants' | 'split' | 'result'>;

/** p-value below which the split is not as intended: what is compared is then not comparable. */
const SPLIT_ALPHA = 0.01;
const DEFAULT_CONTROL = 'control';

/** @param weight visitors that each one who was counted stands for: intervals are of those who were */
export function toExperimentNumbers(
  { control: named, split: intended, confidence }: Pick<ExperimentQuery, 'control' | 'split' | 'confidence'>,
  counts: readonly VariantCount[],
  weight: number,
): ExperimentNumbers {
  const split = intended ?? splitEqually(counts, named);
  const names = [...split.keys()];
  const control = named ?? (!intended && split.has(DEFAULT_CONTROL) ? DEFAULT_CONTROL : names[0]);
  const compared = [...names]
    .sort((a, b) => Number(b === control) - Number(a === control))
    .map((variant) => findCount(counts, variant));
  // Each comparison takes its part of what may go wrong, so that all of them together keep to it (Bonferroni).
  const alpha = (1 - confidence) / Math.max(names.length - 1, 1);
  const variants = compared.map((count) => toVariant(count, compared[0] ?? count, alpha, weight));
  const visitors = compared.reduce((sum, count) => sum + count.visitors, 0);
  const p =
    names.length < 2 || visitors === 0
      ? null
      : checkSplit(
          names.map((variant) => findCount(counts, variant).visitors),
          [...split.values()],
        );
  const mismatch = p === null ? null : p < SPLIT_ALPHA;
  return {
    control: control ?? null,
    variants,
    split: { p_value: p, mismatch },
    result: toResult(variants, mismatch === true),
  };
}

/** Between those that most visitors saw, and the one that is named. */
function splitEqually(counts: readonly VariantCount[], named: string | undefined): Split {
  const seen = counts.map(({ variant }) => variant).filter((variant) => variant !== OTHER);
  const names = [...new Set([...(named === undefined ? [] : [named]), ...seen])].slice(0, MAX_COMPARED);
  return new Map(names.map((variant) => [variant, 1 / names.length]));
}

const findCount = (counts: readonly VariantCount[], variant: string): VariantCount =>
  counts.find((count) => count.variant === variant) ?? { variant, visitors: 0, conversions: 0 };

/** Of all visitors. */
export const weighCount = (count: VariantCount, weight: number) => ({
  visitors: Math.round(weight * count.visitors),
  conversions: Math.round(weight * count.conversions),
  conversion_rate: toRate(count),
});

const toRate = ({ visitors, conversions }: VariantCount): number | null =>
  visitors === 0 ? null : conversions / visitors;

function toVariant(
  count: VariantCount,
  control: VariantCount,
  alpha: number,
  weight: number,
): ExperimentVariant {
  const [rate, before] = [toRate(count), toRate(control)];
  const isControl = count === control;
  return {
    variant: count.variant,
    ...weighCount(count, weight),
    lift: isControl || rate === null || !before ? null : rate / before - 1,
    difference: (!isControl && compareRates(count, control, alpha)) || null,
  };
}

/** @param variants the control first */
function toResult(
  [control, ...others]: readonly ExperimentVariant[],
  isMismatch: boolean,
): ExperimentData['result'] {
  if (!control || (control.visitors === 0 && others.every(({ visitors }) => visitors === 0)))
    return { code: 'no_visitors', message: 'No visitor saw a variant.' };
  if (others.length === 0)
    return { code: 'one_variant', message: 'There is one variant: nothing to compare it with.' };
  if (isMismatch)
    return {
      code: 'split_mismatch',
      message:
        'Visitors are not split as intended (sample ratio mismatch), so the groups cannot be compared. Check how variants are assigned and recorded.',
    };
  const known = others.filter(({ difference }) => difference !== null);
  if (known.length === 0)
    return {
      code: 'too_few',
      message: `Too few so far: each variant needs about ${MIN_OUTCOMES} visitors who convert, and as many who do not.`,
    };
  const [best] = known
    .filter(({ difference }) => (difference?.low ?? 0) > 0)
    .sort((a, b) => (b.conversion_rate ?? 0) - (a.conversion_rate ?? 0));
  if (best)
    return {
      code: 'variant_better',
      variant: best.variant,
      message: `"${best.variant}" converts better than "${control.variant}": ${describeDifference(best)}.`,
    };
  if (others.every(({ difference }) => (difference?.high ?? 0) < 0))
    return {
      code: 'control_better',
      variant: control.variant,
      message: `"${control.variant}" converts better than ${others.map((worse) => `"${worse.variant}" (${describeDifference(worse)})`).join(', ')}.`,
    };
  return {
    code: 'undecided',
    message: `No variant is shown to be better than "${control.variant}" so far. That does not show that they are equal.`,
  };
}

function describeDifference({ difference }: ExperimentVariant): string {
  const [low, high] = [difference?.low ?? 0, difference?.high ?? 0].map((rate) => (100 * rate).toFixed(2));
  return `a difference of ${low} to ${high} percentage points`;
}
