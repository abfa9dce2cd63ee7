/** Reads that many ask for at once are computed once, and sent only to who does not have that answer already. */
import { createHash } from 'node:crypto';
import type { SiteScope } from './auth.js';
import { isCurrent } from './etag.js';
import { notModified, success } from './responses.js';
import type { Call, Handler } from './router.js';

/** A browser that asks again within a second gets what it has; ours is asked again after it. */
const CACHE_CONTROL = 'private, max-age=1';

export interface SharedReads {
  /** @param respond depends on the route, its query and parameter, and what may be read alone */
  read(
    getScope: (call: Call) => SiteScope,
    respond: (call: Call, scope: SiteScope) => Promise<unknown>,
  ): Handler;
}

export function sharedReads(): SharedReads {
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

  return {
    read: (getScope, respond) => async (call) => {
      const scope = getScope(call);
      const body = await once(toKey(call, scope), async () =>
        String(success(await respond(call, scope)).body),
      );
      const etag = toEtag(body);
      const headers = { etag, 'cache-control': CACHE_CONTROL, vary: 'Authorization, X-API-Key' };
      if (isCurrent(call.request.header('if-none-match'), etag)) return notModified(headers);
      const reply = success(undefined);
      return { ...reply, body, headers: { ...reply.headers, ...headers } };
    },
  };
}

function toKey({ request, query }: Call, scope: SiteScope): string {
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
