/** The tracker script and the dashboard's files as routes. */
import { ApiError } from '../errors.js';
import { type Asset, createAsset } from '../http/assets.js';
import type { Route } from '../http/router.js';
import type { AssetFiles } from '../options.js';

/** An hour until browsers ask again, so that a new tracker is everywhere within it. */
const SCRIPT_CACHE = 'public, max-age=3600, stale-while-revalidate=86400';
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Kept, but revalidated every time: a dashboard of one build must not mix with files of another. */
const REVALIDATE = 'no-cache';
/** Files whose name has a hash of what is in them, as `assets/overview-CQ-5O-sK.css`: another build has another name. */
const HASHED = /^assets\/[^/]+-[\w-]{8}\.\w+$/;

/** A name that says its version, as `liveinsight.1.2.3.js`: what is under it never changes, so that pages may pin its hash. */
const isVersioned = (path: string) =>
  /\.\d+\.\d+\.\d/.test(path.slice(path.lastIndexOf('/'))) && path.endsWith('.js');

/** One script at `path`, or several beside it, named as it is: `liveinsight.extended.js` is `/stats.extended.js` for `/stats.js`. */
export function trackerRoutes(tracker: string | Record<string, string>, path: string): Route[] {
  const stem = path.replace(/\.js$/, '');
  return typeof tracker === 'string'
    ? scriptRoutes(tracker, path)
    : Object.entries(tracker).flatMap(([name, text]) =>
        scriptRoutes(text, name === 'liveinsight.js' ? path : `${stem}${name.replace(/^[^.]*/, '')}`),
      );
}

/** The script at its path, and at `?v=<hash>` or `<name>.<hash>.js`, which never change. */
function scriptRoutes(script: string, path: string): Route[] {
  const asset = createAsset(script, 'text/javascript; charset=utf-8', {
    // Pages that isolate themselves (COEP) load only what says it may be embedded.
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (isVersioned(path)) return [{ path, GET: ({ request }) => asset.serve(request, FOR_EVER) }];
  return [
    {
      path,
      GET: ({ request, query }) =>
        asset.serve(request, query.get('v') === asset.hash ? FOR_EVER : SCRIPT_CACHE),
    },
    {
      path: path.replace(/(\.js)?$/, `.${asset.hash}$1`),
      GET: ({ request }) => asset.serve(request, FOR_EVER),
    },
  ];
}

/** The dashboard runs its own files alone and talks to its own origin alone: nothing injected can load or leak. */
const DASHBOARD_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

export function dashboardRoutes(files: AssetFiles): Route[] {
  const assets = new Map<string, Asset>();
  for (const [path, { body, contentType }] of Object.entries(files)) {
    assets.set(path.replace(/^\//, ''), createAsset(body, contentType, DASHBOARD_HEADERS));
  }
  const page = files['index.html'] ?? files['/index.html'];
  const above = page && createAsset(fromAbove(toText(page.body)), page.contentType, DASHBOARD_HEADERS);
  return [
    {
      path: '/dashboard',
      // Not moved to `/dashboard/`: frameworks that strip the slash would move it back, for ever.
      GET: ({ request }) => {
        if (!above) throw fileNotFound();
        return above.serve(request, REVALIDATE);
      },
    },
    {
      path: '/dashboard/*',
      GET: ({ request, param }) => {
        const asset = assets.get(param === '' ? 'index.html' : param);
        if (!asset) throw fileNotFound();
        return asset.serve(request, HASHED.test(param) ? FOR_EVER : REVALIDATE);
      },
    },
  ];
}

const fileNotFound = () => new ApiError('not_found', 'the dashboard has no such file');

const toText = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : Buffer.from(body).toString();

/** The page names its files relative to its folder, `./assets/…`: as they are named from the folder above. */
const fromAbove = (html: string): string => html.replace(/(\b(?:src|href)=["']?)\.\//g, '$1dashboard/');
