/**
 * Posts a batch. A string body makes it `text/plain`, which needs no CORS preflight; `keepalive` lets it outlive the page. Browsers
 * refuse that beyond 64 KiB in flight, which all scripts of the page share: what is refused goes as an ordinary request. What fails
 * again is not sent twice more each time: a blocker or a policy may forbid it.
 * https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
export const post = (url: string, body: string, keepalive: boolean, failures: number): Promise<Response> =>
  fetch(url, { method: 'POST', body, keepalive }).catch(
    failures ? undefined : () => fetch(url, { method: 'POST', body }),
  );
