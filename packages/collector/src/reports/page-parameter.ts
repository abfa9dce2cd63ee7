/** Parameters that name a page. */
import { MAX_URL_CHARS } from '@liveinsight/schema';
import { namedPage } from '../events/page-path.js';
import { invalid } from '../http/query-params.js';

export function pageParameter(query: URLSearchParams, name: string): string | undefined {
  const [page, another] = query.getAll(name);
  if (another !== undefined) throw invalid(name, 'must be given once');
  if (page !== undefined && page.length > MAX_URL_CHARS)
    throw invalid(name, `must have at most ${MAX_URL_CHARS} characters`);
  return page === undefined ? undefined : namedPage(page);
}

/** The page that a question is about, and the query without it: it is no filter of sessions there. */
export function parsePage(query: URLSearchParams): { page: string; others: URLSearchParams } {
  const page = pageParameter(query, 'page');
  if (!page) throw invalid('page', 'must be given: a path as /cart');
  const others = new URLSearchParams(query);
  others.delete('page');
  return { page, others };
}
