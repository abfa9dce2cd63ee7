/** Reads that many ask for at once are computed once, and sent only to who does not have that answer already. */
import { createHash } from 'node:crypto';
import type { SiteScope } from './auth.js';
import { isCurrent } from './etag.js';
import { notModified, success } from './responses.js';
import type { Handler, RequestContext } from './router.js';

/** A browser that asks again within a second gets what it has; ours is asked again after it. */
const CACHE_CONTROL = 'private, max-age=1';

/** @param respond depends on the route, its query and parameter, and what may be read alone */
export type SharedRead = (
  respond: (context: RequestContext, scope: SiteScope) => Promise<unknown>,
) => Handler;

/** @param getScope what the request may read; throws where that is nothing */
export function sharedReads(getScope: (context: RequestContext) => SiteScope): SharedRead {
  const pending = new Map<string, Promise<string>>();

  /** Only computations under way are shared: an answer is never older than its question's fellow. */
  function once(key: string, compute: () => Promise<string>): Promise<string> {
    let computing = pending.get(key);
    if (!computing) {
      computing = compute().finally(() => pending.delete(key));
      pending.set(key, computing);
    }
    return computing;
  }

  return (respond) => async (context) => {
    const scope = getScope(context);
    const body = await once(toKey(context, scope), async () =>
      String(success(await respond(context, scope)).body),
    );
    const etag = toEtag(body);
    const headers = { etag, 'cache-control': CACHE_CONTROL, vary: 'Authorization, X-API-Key' };
    if (isCurrent(context.request.header('if-none-match'), etag)) return notModified(headers);
    const reply = success(undefined);
    return { ...reply, body, headers: { ...reply.headers, ...headers } };
  };
}

function toKey({ request, query }: RequestContext, scope: SiteScope): string {
  const path = request.url.split('?')[0];
  query.sort();
  // As JSON, in which no name of a site can be taken for what stands beside it.
  return JSON.stringify([path, String(query), scope === 'all' ? null : [...scope].sort()]);
}

/** Weak: two answers that differ in when they were computed alone say the same. */
function toEtag(body: string): string {
  const content = body.replace(/"as_of":"[^"]*",?/, '');
  return `W/"${createHash('sha1').update(content).digest('base64url')}"`;
}
