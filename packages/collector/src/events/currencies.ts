/** Which currencies a rollup may have: earlier versions took any three letters. Pure. */
import { CURRENCIES } from '@liveinsight/schema';
import { MAX_UNLISTED_CURRENCIES } from '../budgets.js';

/** Whether amounts in `currency` may be stored beside those in the currencies that are there. */
export function mayAddCurrency(currency: string, present: ReadonlyMap<string, unknown>): boolean {
  if (CURRENCIES.has(currency) || present.size < MAX_UNLISTED_CURRENCIES) return true;
  let unlisted = 0;
  for (const one of present.keys()) if (!CURRENCIES.has(one)) unlisted += 1;
  return unlisted < MAX_UNLISTED_CURRENCIES;
}
