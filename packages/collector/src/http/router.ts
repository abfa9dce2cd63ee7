/** Finds the route of a path and calls its handler for the method. Knows nothing of what the routes do. */
import { ApiError, validationError } from '../errors.js';
import { StoreUnavailableError } from '../storage/event-store.js';
import { compressReply } from './compress.js';
import { preflight, withCors } from './cors.js';
import { rareLog } from './rare-log.js';
import type { CollectorReply, CollectorRequest, Connection } from './request.js';
import { errorResponse } from './responses.js';

/** One request on its way to its handler. */
export class RequestContext {
  readonly #query: string;

  constructor(
    readonly request: CollectorRequest,
    readonly connection: Connection,
    /** What stood where the route's path says `:name` or `*`. */
    readonly param: string,
    query: string,
  ) {
    this.#query = query;
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#query);
  }
}

export type Handler = (context: RequestContext) => CollectorReply | Promise<CollectorReply>;

export interface Route {
  /** As `/events`, `/users/:user_id/export` or `/dashboard/*`: one part may vary, and `*` is the last. Routes of the same path are one. */
  path: string;
  /** Whether it is a path that an application may well have, too: taken only where the collector has its paths to itself. */
  isUnprefixed?: boolean;
  /** Whether it may take long, and another thread may answer it: it needs nothing that the process that receives events holds in memory. */
  isQuestion?: boolean;
  GET?: Handler;
  POST?: Handler;
  PUT?: Handler;
  DELETE?: Handler;
}

/** Answers a request in another thread. A reply is sent as it is; an `ApiError` becomes one. */
export type Delegate = (request: CollectorRequest, connection: Connection) => Promise<CollectorReply>;

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;

export interface MatchOptions {
  /** Whether the collector is mounted under a path of its own. Default false. */
  mounted?: boolean;
}

export interface Router {
  /** Paths of all routes, `basePath` included. */
  paths: string[];
  /** Whether a route has this path. Unprefixed routes match only under a `basePath` or where the collector is mounted. */
  matches(url: string, options?: MatchOptions): boolean;
  dispatch(request: CollectorRequest, connection: Connection): Promise<CollectorReply>;
}

/** @param delegate answers questions in place of their own handlers */
export function createRouter(routes: Route[], basePath: string, delegate?: Delegate): Router {
  const exact = new Map<string, Route>();
  const patterns = new Map<string, { prefix: string; suffix: string; wild: boolean; route: Route }>();
  for (const route of routes) {
    const path = basePath + route.path;
    const varying = /:[a-z_]+|\*/.exec(path);
    if (!varying) exact.set(path, { ...exact.get(path), ...route });
    else {
      const [prefix, suffix] = [path.slice(0, varying.index), path.slice(varying.index + varying[0].length)];
      const merged = { ...patterns.get(path)?.route, ...route };
      patterns.set(path, { prefix, suffix, wild: varying[0] === '*', route: merged });
    }
  }

  const findExactly = (path: string): { route: Route; param: string } | undefined => {
    const route = exact.get(path);
    if (route) return { route, param: '' };
    for (const { prefix, suffix, wild, route } of patterns.values()) {
      if (!path.startsWith(prefix) || !path.endsWith(suffix)) continue;
      const param = path.slice(prefix.length, path.length - suffix.length);
      if (wild || (param !== '' && !param.includes('/'))) return { route, param };
    }
    return undefined;
  };
  /** A path with slashes at its end is the one without, too. */
  const find = (path: string) => {
    const found = findExactly(path);
    if (found || !path.endsWith('/')) return found;
    let end = path.length;
    while (end > 1 && path[end - 1] === '/') end -= 1;
    return findExactly(path.slice(0, end));
  };

  /**
   * In a path that was decoded on its way, a slash may be part of a name. What could then be the name of two is rejected:
   * the one who is deleted must be the one who was meant.
   */
  const findDecoded = (path: string, { pathForm, method }: CollectorRequest) => {
    const found = findExactly(path);
    if (found?.param === '' || (found && pathForm === 'decoded')) return found;
    const named = [...patterns.values()].filter(
      ({ prefix, suffix, route }) =>
        path.startsWith(prefix) && path.endsWith(suffix) && getHandler(route, method),
    );
    const [only] = named;
    if (!only) return find(path);
    const { prefix, suffix, route } = only;
    if (pathForm === 'ambiguous' || named.length > 1 || path.endsWith('/')) throw AMBIGUOUS();
    return { route, param: path.slice(prefix.length, path.length - suffix.length) };
  };

  const respond = (request: CollectorRequest, connection: Connection): ReturnType<Handler> => {
    const { path, query } = split(request.url);
    const found = request.pathForm ? findDecoded(path, request) : find(path);
    if (!found) throw new ApiError('not_found', `not found: ${path.slice(0, 200)}`);
    const { route, param } = found;
    const handler = getHandler(route, request.method);
    if (!handler) throw methodNotAllowed(request.method, route);
    return handler(new RequestContext(request, connection, decode(param), query));
  };

  return {
    paths: [...new Set(routes.map((route) => basePath + route.path))],
    matches(url, { mounted = false } = {}) {
      const found = find(split(url).path);
      return found !== undefined && (mounted || basePath !== '' || !found.route.isUnprefixed);
    },
    async dispatch(request, connection) {
      if (request.method === 'OPTIONS') return preflight();
      try {
        if (delegate && find(split(request.url).path)?.route.isQuestion)
          return await delegate(request, connection);
        const compressed = compressReply(request, await respond(request, connection));
        // Most replies are too short for that, and one more wait costs each of them.
        const reply = compressed instanceof Promise ? await compressed : compressed;
        return withCors(request.method === 'HEAD' ? withoutBody(reply) : reply);
      } catch (error) {
        return withCors(errorResponse(toApiError(error)));
      }
    },
  };
}

function getHandler(route: Route, method: string): Handler | undefined {
  const known = METHODS.find((known) => known === (method === 'HEAD' ? 'GET' : method));
  return known && route[known];
}

const AMBIGUOUS = () =>
  validationError({
    code: 'invalid_parameter',
    path: '',
    message:
      'which name stands in the path cannot be told, as this platform decodes paths: ask by a function URL, a REST API, or the command line',
  });

function split(url: string): { path: string; query: string } {
  const queryStart = url.indexOf('?');
  return queryStart === -1
    ? { path: url, query: '' }
    : { path: url.slice(0, queryStart), query: url.slice(queryStart + 1) };
}

function decode(param: string): string {
  try {
    return decodeURIComponent(param);
  } catch {
    throw new ApiError('not_found', 'the path is not a valid one');
  }
}

function methodNotAllowed(method: string, route: Route): ApiError {
  const allowed = METHODS.filter((known) => route[known]).flatMap((known) =>
    known === 'GET' ? ['GET', 'HEAD'] : [known],
  );
  return new ApiError('method_not_allowed', `method ${method.slice(0, 20)} not allowed`, [], {
    allow: [...allowed, 'OPTIONS'].join(', '),
  });
}

/** As long as the body it leaves out. */
function withoutBody({ status, headers, body }: CollectorReply): CollectorReply {
  if (body instanceof ReadableStream) void body.cancel().catch(() => {});
  const length =
    typeof body === 'string' ? Buffer.byteLength(body) : body instanceof Uint8Array ? body.length : 0;
  return { status, headers: { ...headers, 'content-length': String(length) }, body: undefined };
}

/** The store's words name accounts, roles and tables: they are for whoever runs the collector. */
const logUnavailable = rareLog<Error>(({ message }) => `the store is not available: ${message}`);

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof StoreUnavailableError) {
    logUnavailable(error);
    return new ApiError(
      'store_unavailable',
      'the store is not available: try again later (see the collector’s log)',
    );
  }
  // A fault of ours: it must be seen by whoever runs the collector, and tell the client nothing of its inside.
  console.error('LiveInsight:', error);
  return new ApiError('internal', 'internal error (see the collector’s log)');
}
