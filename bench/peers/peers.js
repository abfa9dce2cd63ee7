/**
 * The trackers that ours is measured against, each with its defaults: the smallest use that counts views and events of one's
 * own (what is weighed), the same pointed at a receiver, with `window.track(props)`, and how the receiver reads what it sends.
 */
import { gunzipSync } from 'node:zlib';

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {string} package
 * @property {string} smallest source of a module
 * @property {(origin: string) => string} pointed source of a module
 * @property {(body: Buffer) => unknown} decode what a request carries, as JSON; events are found in it by their tags
 */

const json = (/** @type {Buffer} */ body) => JSON.parse(body.toString('utf8'));

/** PostHog sends gzip, or JSON, or JSON in base64 in a form. */
const decodePosthog = (/** @type {Buffer} */ body) => {
  if (body[0] === 0x1f) return json(gunzipSync(body));
  const form = new URLSearchParams(body.toString('utf8')).get('data');
  return json(form ? Buffer.from(form, 'base64') : body);
};

/** Snowplow puts each event into the envelope as a text: JSON, or that in base64url. */
const decodeSnowplow = (/** @type {Buffer} */ body) =>
  json(body).data.map((/** @type {{ ue_pr?: string, ue_px?: string }} */ { ue_pr, ue_px }) =>
    ue_px ? json(Buffer.from(ue_px, 'base64url')) : ue_pr && JSON.parse(ue_pr),
  );

/** @type {Peer[]} */
export const peers = [
  {
    name: 'Plausible',
    package: '@plausible-analytics/tracker',
    smallest: `import { init, track } from '@plausible-analytics/tracker'; init({ domain: 'x' }); window.t = track`,
    pointed: (origin) => `import { init, track } from '@plausible-analytics/tracker';
      init({ domain: 'x', endpoint: '${origin}/api/event', captureOnLocalhost: true });
      window.track = (props) => track('e', { props });`,
    decode: json,
  },
  {
    name: 'OpenPanel',
    package: '@openpanel/web',
    smallest: `import { OpenPanel } from '@openpanel/web'; window.t = new OpenPanel({ clientId: 'x', trackScreenViews: true })`,
    pointed: (origin) => `import { OpenPanel } from '@openpanel/web';
      const op = new OpenPanel({ clientId: 'x', apiUrl: '${origin}', trackScreenViews: true });
      window.track = (props) => op.track('e', props);`,
    decode: json,
  },
  {
    name: 'Segment',
    package: '@segment/analytics-next',
    smallest: `import { AnalyticsBrowser } from '@segment/analytics-next'; window.t = AnalyticsBrowser.load({ writeKey: 'x' })`,
    pointed: (origin) => `import { AnalyticsBrowser } from '@segment/analytics-next';
      const analytics = AnalyticsBrowser.load({ writeKey: 'x', cdnSettings: { integrations: {
        'Segment.io': { apiKey: 'x', apiHost: '${new URL(origin).host}/v1', protocol: 'http' } } } });
      analytics.page();
      window.track = (props) => analytics.track('e', props);`,
    decode: json,
  },
  {
    name: 'Snowplow',
    package: '@snowplow/browser-tracker',
    smallest: `import { newTracker, trackPageView } from '@snowplow/browser-tracker'; newTracker('t', 'x'); window.t = trackPageView`,
    pointed: (
      origin,
    ) => `import { newTracker, trackPageView, trackSelfDescribingEvent } from '@snowplow/browser-tracker';
      newTracker('t', '${origin}', { appId: 'x' });
      trackPageView();
      window.track = (data) => trackSelfDescribingEvent({ event: { schema: 'iglu:x/e/jsonschema/1-0-0', data } });`,
    decode: decodeSnowplow,
  },
  {
    name: 'PostHog slim',
    package: 'posthog-js',
    smallest: `import posthog from 'posthog-js/dist/module.slim'; window.t = posthog.init('x')`,
    pointed: (origin) => `import posthog from 'posthog-js/dist/module.slim';
      posthog.init('x', { api_host: '${origin}' });
      window.track = (props) => posthog.capture('e', props);`,
    decode: decodePosthog,
  },
  {
    name: 'Amplitude',
    package: '@amplitude/analytics-browser',
    smallest: `import { init, track } from '@amplitude/analytics-browser'; init('x'); window.t = track`,
    pointed: (origin) => `import { init, track } from '@amplitude/analytics-browser';
      init('x', { serverUrl: '${origin}/2/httpapi', remoteConfig: { fetchRemoteConfig: false } });
      window.track = (props) => track('e', props);`,
    decode: json,
  },
];
