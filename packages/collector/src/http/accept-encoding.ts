/** Which content codings a client takes, by its Accept-Encoding header (RFC 9110 §12.5.3). Anyone may send one: it is read once, from left to right. */

/** Codings that replies are sent in, the smaller result first. */
const CODINGS = ['br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

/** No client names so many; what is behind them is ignored. */
const MAX_ENTRIES = 32;
/** A weight is `0` to `1` with at most three decimals. */
const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?|\.\d{1,3})$/;

/** The coding with the greatest weight; of several, the one that stands first in `available`. Undefined: as it is. */
export function chooseCoding(
  header: string | undefined,
  available: readonly Coding[] = CODINGS,
): Coding | undefined {
  if (!header) return undefined;
  const weights = parseWeights(header);
  let best: Coding | undefined;
  let bestWeight = 0;
  for (const coding of available) {
    const weight = weights.get(coding) ?? weights.get('*') ?? 0;
    if (weight > bestWeight) [best, bestWeight] = [coding, weight];
  }
  // A client that prefers what is not compressed gets that.
  return bestWeight >= (weights.get('identity') ?? 0) ? best : undefined;
}

function parseWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const entry of header.split(',', MAX_ENTRIES)) {
    const [name = '', ...parameters] = entry.split(';', 3).map((part) => part.trim().toLowerCase());
    const coding = name === 'x-gzip' ? 'gzip' : name;
    if (coding !== '') weights.set(coding, parseWeight(parameters));
  }
  return weights;
}

/** A weight that is none makes its coding one the client does not take: plain bytes are always right. */
function parseWeight(parameters: string[]): number {
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=', 2).map((part) => part.trim());
    if (name === 'q') return WEIGHT.test(value) ? Number(value) : 0;
  }
  return 1;
}
