/** Amounts as they are summed: millionths of a unit to two decimals, so that single satoshi in BTC count. Pure. */

/** Up to here, 90 million units, a double holds two decimals of a millionth exactly; beyond it, whole millionths. */
const MAX_EXACT_MICROS = Number.MAX_SAFE_INTEGER / 100;

export const toMicros = (value: number): number => roundMicros(value * 1e6);

/** The one number for an amount, so that sums do not depend on the order they are made in. */
export const roundMicros = (micros: number): number =>
  // Not -0, which sums to nothing else.
  (Math.abs(micros) < MAX_EXACT_MICROS ? Math.round(micros * 100) / 100 : Math.round(micros)) + 0;
