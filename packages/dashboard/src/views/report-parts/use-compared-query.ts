/** The compared period, for reports that compare nothing themselves: they are requested once more. */
import type { Query } from '../../api/client.js';
import { useApp } from '../../hooks/app-context.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { compareQuery } from '../../url-state/compare.js';

/** Undefined where nothing is compared, or where not all of that period is known. */
export function useComparedQuery(): Query | undefined {
  const { urlState } = useApp();
  const query = useUrlQuery();
  const { site, from, to, timezone } = query;
  const asked = { site, from, to, timezone, ...compareQuery(urlState.compare), breakdown: '' };
  const { data } = useQuery('/stats', urlState.compare ? asked : undefined);
  const previous = urlState.compare && data?.previous;
  if (!previous || previous.totals.events === null) return undefined;
  return { ...query, from: previous.from, to: previous.to };
}
