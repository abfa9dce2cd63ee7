/** Which currencies a rollup may have: any three letters can be sent. Pure. */
import { MAX_UNLISTED_CURRENCIES } from '../budgets.js';

/** Those that Unicode's data list, past ones included. */
const LISTED: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether amounts in `currency` may be stored beside those in the currencies that are there. */
export function mayAddCurrency(currency: string, present: ReadonlyMap<string, unknown>): boolean {
  if (LISTED.has(currency) || present.size < MAX_UNLISTED_CURRENCIES) return true;
  let unlisted = 0;
  for (const one of present.keys()) if (!LISTED.has(one)) unlisted += 1;
  return unlisted < MAX_UNLISTED_CURRENCIES;
}
