/** The order of the list, as its URL says it; sorted by the collector, over more than is on the page. */

import type { Order } from '../../components/data-table.js';
import { useApp } from '../../hooks/app-context.js';

/** As the list is ordered where its URL says nothing: by arrival, newest first. */
const BY_ARRIVAL = 'last_seen_at';

export function useOrder(): Order {
  const { urlState, go } = useApp();
  const { sort, order } = urlState.own;
  return {
    sort: sort === undefined ? undefined : { by: sort, isAscending: order === 'asc' },
    change({ by, isAscending }) {
      // From the order by arrival, its own column leads to the oldest first.
      const isOldest = by === BY_ARRIVAL && (isAscending || sort === undefined);
      const isNewest = by === BY_ARRIVAL && !isOldest;
      go({
        own: {
          sort: isNewest ? null : by,
          order: isAscending || isOldest ? 'asc' : null,
          after: null,
        },
      });
    },
  };
}
