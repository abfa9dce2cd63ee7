/** One page of the sessions in an order. */
import type { SessionRow } from '../engine/session-rows.js';
import type { SortKey } from '../event-log/cursor.js';
import { decodeValue } from '../query/search-and-order.js';
import { createTimeSlice } from '../time-slice.js';
import { BestRows } from './best-rows.js';
import { inSessionOrder, type SessionOrder } from './session-order.js';

/** Sessions that are compared before it is looked whether others wait. */
const AT_A_TIME = 200;
export interface FoundPage {
  page: readonly { row: SessionRow; key: SortKey }[];
  /** Sessions from the page's first on, and in all. */
  left: number;
  sessions: number;
}

/** There can be very many: they are compared with the page alone, in steps between which the process serves others. */
export async function findPage(
  rows: Iterable<SessionRow>,
  order: SessionOrder,
  limit: number,
  after: SortKey | undefined,
): Promise<FoundPage> {
  const best = new BestRows<FoundPage['page'][number]>(limit, (a, b) => inSessionOrder(a.key, b.key, order));
  const slice = createTimeSlice();
  let sessions = 0;
  for (const row of rows) {
    const key = toKey(row);
    if (!after || inSessionOrder(key, after, order) > 0) best.add({ row, key });
    sessions += 1;
    if (sessions % AT_A_TIME === 0) await slice();
  }
  return { page: best.rows, left: best.added, sessions };
}

const toKey = ({ high, low, value }: SessionRow): SortKey => ({
  value: typeof value === 'string' ? decodeValue(value) : value,
  session: `${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}`,
});
