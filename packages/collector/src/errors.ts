/** Everything that can go wrong with a request: a closed set, which `http/responses.ts` gives its status codes. */
import type { Issue } from '@liveinsight/schema';

export type FailureCode =
  /** The request, or the whole batch, is wrong: `issues` say where. */
  | 'refused'
  | 'not_found'
  | 'method_not_allowed'
  /** No key, or a wrong one. */
  | 'unauthorized'
  /** The key does not open this site. */
  | 'forbidden'
  /** Someone else was faster: what was read is no longer so. */
  | 'conflict'
  /** One session or key asks for more than it may. */
  | 'rate_limited'
  | 'store_unavailable'
  /** The process has as much to do as it may have. */
  | 'overloaded'
  /** This platform can't do it. */
  | 'not_supported'
  | 'internal';

/** A request that can't be answered as asked. Thrown anywhere below the router, turned into a reply by it alone. */
export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly code: FailureCode,
    message: string,
    readonly issues: Issue[] = [],
    /** Further reply headers, by lower-case name. */
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** A refusal for one reason. */
export const validationError = (issue: Issue): ApiError => new ApiError('refused', issue.message, [issue]);

/** Options that a collector can't be made of. */
export class OptionsError extends Error {
  override name = 'OptionsError';
}
