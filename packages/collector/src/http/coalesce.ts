/** Reads that many ask for at once are computed once, and sent only to who does not have that answer already. */
import { createHash } from 'node:crypto';
import type { Readable } from './auth.js';
import { isCurrent } from './etag.js';
import { notModified, success } from './responses.js';
import type { Call, Handler } from './router.js';

/** A browser that asks again within a second gets what it has; ours is asked again after it. */
const CACHE_CONTROL = 'private, max-age=1';

export interface SharedReads {
  /** @param answer depends on the route, its query and parameter, and what may be read alone */
  read(
    readableOf: (call: Call) => Readable,
    answer: (call: Call, readable: Readable) => Promise<unknown>,
  ): Handler;
}

export function sharedReads(): SharedReads {
  const underWay = new Map<string, Promise<string>>();

  /** Only computations under way are shared: an answer is never older than its question's fellow. */
  function once(key: string, compute: () => Promise<string>): Promise<string> {
    let computing = underWay.get(key);
    if (!computing) {
      computing = compute().finally(() => underWay.delete(key));
      underWay.set(key, computing);
    }
    return computing;
  }

  return {
    read: (readableOf, answer) => async (call) => {
      const readable = readableOf(call);
      const body = await once(keyOf(call, readable), async () =>
        String(success(await answer(call, readable)).body),
      );
      const etag = etagOf(body);
      const headers = { etag, 'cache-control': CACHE_CONTROL, vary: 'Authorization, X-API-Key' };
      if (isCurrent(call.request.header('if-none-match'), etag)) return notModified(headers);
      const reply = success(undefined);
      return { ...reply, body, headers: { ...reply.headers, ...headers } };
    },
  };
}

function keyOf({ request, query }: Call, readable: Readable): string {
  const path = request.url.split('?')[0];
  query.sort();
  // As JSON, in which no name of a site can be taken for what stands beside it.
  return JSON.stringify([path, String(query), readable === 'all' ? null : [...readable].sort()]);
}

/** Weak: two answers that differ in when they were computed alone say the same. */
function etagOf(body: string): string {
  const said = body.replace(/"as_of":"[^"]*",?/, '');
  return `W/"${createHash('sha1').update(said).digest('base64url')}"`;
}
