/**
 * Posts a batch. A string body makes it `text/plain`, which needs no CORS preflight; `keepalive` lets it outlive the page. Browsers
 * refuse that beyond 64 KiB in flight, which all scripts of the page share: what is refused goes as an ordinary request.
 * https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
export const post = (url: string, body: string, keepalive: boolean): Promise<Response> =>
  fetch(url, { method: 'POST', body, keepalive }).catch(() => fetch(url, { method: 'POST', body }));
