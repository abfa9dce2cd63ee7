/** What is asked of an experiment. */
import { MAX_NAME_CHARS } from '@liveinsight/schema';
import type { EventRule } from '../engine/condition.js';
import { invalid } from '../http/query-params.js';
import type { Definitions } from '../query/definitions.js';
import { readGoal } from './goal-parameter.js';

/** The variants of an experiment, and which share of the visitors each is meant for: the sum is 1. */
export type Split = ReadonlyMap<string, number>;

export interface ExperimentQuery {
  /** The property that has the variant. */
  key: string;
  /** The only event that says what was seen. Default: any. */
  event: string | undefined;
  goal: EventRule;
  /** The variant that the others are compared with. Default: the first of the split, or the one that is named `control`. */
  control: string | undefined;
  /** Default: an equal share for each that was seen. */
  split: Split | undefined;
  confidence: number;
}

export const EXPERIMENT_PARAMETERS = ['prop', 'event', 'goal', 'control', 'split', 'confidence'] as const;

/** Variants that are compared. Each takes its part of what may go wrong, so more make all intervals wider. */
export const MAX_COMPARED = 20;
const CONFIDENCE = { min: 0.8, max: 0.999, default: 0.95 };

export async function parseExperimentQuery(
  query: URLSearchParams,
  definitions: Definitions,
): Promise<ExperimentQuery> {
  const split = parseSplit(query);
  const control = query.get('control') || undefined;
  if (control !== undefined && split && !split.has(control))
    throw invalid('control', 'must be one of the variants of split');
  return {
    key: parseKey(query),
    event: query.get('event') || undefined,
    goal: (await readGoal(query, definitions)).rule,
    control,
    split,
    confidence: parseConfidence(query),
  };
}

/** Reads `?prop=`, with `prop:` before it or without. */
function parseKey(query: URLSearchParams): string {
  const key = (query.get('prop') ?? '').replace(/^prop:/, '');
  if (key === '' || key.length > MAX_NAME_CHARS)
    throw invalid(
      'prop',
      `must be the property that has the variant, of at most ${MAX_NAME_CHARS} characters, as variant`,
    );
  return key;
}

/** Reads `?split=control:50,blue:50`: parts of any sum. */
function parseSplit(query: URLSearchParams): Split | undefined {
  const raw = query.get('split');
  if (raw === null) return undefined;
  const parts = new Map<string, number>();
  for (const text of raw.split(',')) {
    const colon = text.lastIndexOf(':');
    const [variant, part] = [text.slice(0, colon), text.slice(colon + 1)];
    if (colon < 1 || parts.has(variant) || !/^\d{1,6}(\.\d{1,6})?$/.test(part) || Number(part) === 0)
      throw invalid('split', 'must be the variants and their parts, as control:50,blue:50');
    parts.set(variant, Number(part));
  }
  if (parts.size < 2 || parts.size > MAX_COMPARED)
    throw invalid('split', `must have 2 to ${MAX_COMPARED} variants, as control:50,blue:50`);
  const sum = [...parts.values()].reduce((total, part) => total + part, 0);
  return new Map([...parts].map(([variant, part]) => [variant, part / sum]));
}

function parseConfidence(query: URLSearchParams): number {
  const raw = query.get('confidence');
  if (raw === null) return CONFIDENCE.default;
  const confidence = /^0\.\d{1,4}$/.test(raw) ? Number(raw) : 0;
  if (confidence < CONFIDENCE.min || confidence > CONFIDENCE.max)
    throw invalid('confidence', `must be a number from ${CONFIDENCE.min} to ${CONFIDENCE.max}, as 0.95`);
  return confidence;
}
