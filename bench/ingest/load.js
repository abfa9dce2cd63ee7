// Sends so many requests over so many connections, and keeps the id of every event that was acknowledged.
import autocannon from 'autocannon';
import { batch } from './events.js';
import { headersOf } from './everything.js';

export const CONNECTIONS = 32;

const HEADERS = {
  'content-type': 'text/plain',
  origin: 'https://shop.example',
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
};

/**
 * @param {string} url
 * @param {{ perRequest: number, requests: number, rate?: number | undefined, acknowledged: string[], hasAllHeaders?: boolean }} options
 *   `rate`: requests a second; default: as fast as they are answered. `hasAllHeaders`: as a CDN passes on what many browsers send
 */
export async function load(url, { perRequest, requests, rate, acknowledged, hasAllHeaders = false }) {
  let sent = 0;
  let events = 0;
  let refused = 0;
  const run = autocannon({
    url,
    connections: CONNECTIONS,
    amount: requests,
    ...(rate === undefined ? {} : { overallRate: rate }),
    requests: [
      {
        method: 'POST',
        headers: HEADERS,
        setupRequest(request, context) {
          const { ids, body } = batch(perRequest);
          Object.assign(context, { ids });
          sent += 1;
          return hasAllHeaders
            ? { ...request, headers: { ...request.headers, ...headersOf(sent) }, body }
            : { ...request, body };
        },
        onResponse(status, _body, context) {
          if (status !== 200) refused += 1;
          else {
            const { ids } = /** @type {{ ids: string[] }} */ (context);
            events += ids.length;
            acknowledged.push(...ids);
          }
        },
      },
    ],
  });
  const result = await run;
  return {
    events,
    refused,
    perSecond: events / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}
