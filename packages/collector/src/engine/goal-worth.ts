/** What the events that meet a goal are worth. Pure. */
import { MAX_VALUE } from '@liveinsight/schema';
import type { Chunk, Group } from '../columns/chunk.js';
import { toMicros } from '../events/money.js';

/** The amount a conversion was sent with, always the same, or what a property says. */
export type Worth =
  | { kind: 'own' }
  | { kind: 'fixed'; currency: string; micros: number }
  | { kind: 'property'; currency: string; key: string };

export interface Amount {
  currency: string;
  micros: number;
}

export const getWorthGroups = (worth: Worth): Group[] => (worth.kind === 'property' ? ['property'] : []);

/** The amount of an event by its row; undefined for none. */
export function readAmounts(chunk: Chunk, worth: Worth): (row: number) => Amount | undefined {
  switch (worth.kind) {
    case 'own':
      return ownAmounts(chunk);
    case 'fixed':
      return () => worth;
    case 'property':
      return propertyAmounts(chunk, worth);
  }
}

function ownAmounts(chunk: Chunk): (row: number) => Amount | undefined {
  const { kind, kinds, micros } = chunk.event();
  return (row) => {
    const currency = kinds[kind[row] ?? 0]?.currency;
    const amount = micros[row] ?? Number.NaN;
    return currency === undefined || Number.isNaN(amount) ? undefined : { currency, micros: amount };
  };
}

/** A text that is a number is one. What no conversion could have been sent with is no amount. */
function propertyAmounts(
  chunk: Chunk,
  { currency, key }: Extract<Worth, { kind: 'property' }>,
): (row: number) => Amount | undefined {
  const column = chunk.property().get(key);
  if (!column) return () => undefined;
  const { rows, number, text } = column;
  const ofText = text.values.map(toNumber);
  const amounts = new Map<number, number>();
  for (const [index, row] of rows.entries()) {
    const own = number[index] ?? Number.NaN;
    const amount = Number.isNaN(own) ? (ofText[text.codes[index] ?? 0] ?? Number.NaN) : own;
    if (Math.abs(amount) <= MAX_VALUE) amounts.set(row, toMicros(amount));
  }
  return (row) => {
    const micros = amounts.get(row);
    return micros === undefined ? undefined : { currency, micros };
  };
}

const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
