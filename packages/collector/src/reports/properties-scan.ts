/** What a question about properties adds up: of all that passes, and where that is a sample, of random groups of its visitors. */
import type { Property, PropertyRow } from '@liveinsight/schema';
import type { Chunk } from '../columns/chunk.js';
import type { Axis } from '../engine/numbers-plan.js';
import { type PropertyFact, PropertyFacts } from '../engine/property-facts.js';
import {
  NUMBER_LIMITS,
  type NumberLimits,
  PropertyNumbers as NumbersByValue,
} from '../engine/property-numbers.js';
import { SAMPLE_GROUPS, splitSample } from '../engine/sample.js';
import type { Restriction, Selection } from '../engine/selection.js';
import { toGroupLimits, toNumberErrors, toNumbers } from '../query/row-numbers.js';
import { getStandardErrors } from '../query/standard-errors.js';

export interface PropertiesPlan extends Restriction {
  key: string | undefined;
  event: string | undefined;
  fields: Axis['fields'] | undefined;
}

export interface PropertiesPart {
  facts: PropertyFacts;
  /** Present where the numbers of a property are broken down. */
  byValue: NumbersByValue | undefined;
}

export class PropertiesScan {
  readonly complete: PropertiesPart;
  /** None where all visitors are looked at. */
  readonly groups: readonly PropertiesPart[];

  constructor(plan: PropertiesPlan, isSample: boolean) {
    this.complete = createPart(plan);
    this.groups = Array.from({ length: isSample ? SAMPLE_GROUPS : 0 }, () =>
      createPart(plan, toGroupLimits(NUMBER_LIMITS)),
    );
  }

  add(chunk: Chunk, selection: Selection): void {
    addTo(this.complete, chunk, selection);
    if (this.groups.length === 0) return;
    for (const [index, part] of splitSample(chunk, selection).entries()) {
      const group = this.groups[index];
      if (group) addTo(group, chunk, part);
    }
  }
}

function createPart(
  { key, event, fields, ...restriction }: PropertiesPlan,
  max?: NumberLimits,
): PropertiesPart {
  return {
    facts: new PropertyFacts({ event, key }, max?.numbers),
    byValue:
      fields && key !== undefined
        ? new NumbersByValue({ ...restriction, key, event, fields }, max)
        : undefined,
  };
}

function addTo({ facts, byValue }: PropertiesPart, chunk: Chunk, selection: Selection): void {
  facts.add(chunk, selection);
  byValue?.add(chunk, selection);
}

interface Listed {
  properties: Property[];
  rows: PropertyRow[] | undefined;
}

/** Those with the most first; each number of a sample is an estimate of all, with how far it may be off. */
export function listSampled({ complete, groups }: PropertiesScan, share = 1): Listed {
  const listed = list(complete, 1 / share);
  if (groups.length === 0) return listed;
  const ofGroups = groups.map((group) => toMaps(list(group, groups.length / share)));
  return {
    // A part of the visitors does not have all values.
    properties: listed.properties.map((property) => {
      const own = ofGroups.map(({ properties }) => properties.get(property.key));
      const { numbers } = property;
      return {
        ...property,
        values: null,
        standard_errors: getStandardErrors({ events: property.events }, own, share),
        ...(numbers
          ? {
              numbers: {
                ...numbers,
                standard_errors: toNumberErrors(
                  numbers,
                  own.map((one) => one?.numbers),
                  share,
                ),
              },
            }
          : {}),
      };
    }),
    rows: listed.rows?.map((row) => ({
      ...row,
      standard_errors: toNumberErrors(
        row,
        ofGroups.map(({ rows }) => rows.get(row.value)),
        share,
      ),
    })),
  };
}

const toMaps = ({ properties, rows = [] }: Listed) => ({
  properties: new Map(properties.map((property) => [property.key, property])),
  rows: new Map(rows.map((row) => [row.value, row])),
});

const list = ({ facts, byValue }: PropertiesPart, weight: number): Listed => ({
  properties: facts.list().map((fact) => toProperty(fact, weight)),
  rows: byValue && toRows(byValue, weight),
});

const toProperty = ({ key, events, values, numbers }: PropertyFact, weight: number): Property => ({
  key,
  events: Math.round(weight * events),
  values: values ?? null,
  ...(numbers ? { numbers: toNumbers(numbers, weight) } : {}),
});

const toRows = (byValue: NumbersByValue, weight: number): PropertyRow[] =>
  [...byValue.finish()]
    .map(([value, stats]) => ({ value, ...toNumbers(stats, weight) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
