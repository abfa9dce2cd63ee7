/** `GET /p.gif`: a picture of one pixel that counts, where no script runs. It never shows an error: who embeds it sees a picture. */
import { PROPERTY_PREFIX } from '../events/dimensions.js';
import type { CollectorReply } from '../http/request.js';
import { file } from '../http/responses.js';
import type { RequestContext, Route } from '../http/router.js';
import type { Ingest } from '../ingest/ingest.js';
import type { Rejections } from '../ingest/rejections.js';

/** Transparent, 1 by 1. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
/** As servers and proxies take them. */
const MAX_URL_CHARS = 8_192;

const TEXTS = ['site', 'user_id', 'visitor_id'] as const;
const PARAMETERS = new Set([
  ...TEXTS,
  ...['page', 'title', 'referrer', 'session_id', 'event', 'conversion', 'value', 'currency'],
]);

export interface PixelParts {
  ingest: Ingest;
  rejections: Rejections;
}

export function pixelRoute(path: string, { ingest, rejections }: PixelParts): Route {
  return {
    path,
    async GET({ request, connection, query }: RequestContext) {
      // A link checker counts nothing.
      if (request.method === 'HEAD') return picture();
      const report = (message: string) =>
        rejections.add(undefined, [{ code: 'invalid_parameter', path: 'p.gif', message }]);
      const problem = findProblem(request.url, query, request.header('referer'));
      if (problem) report(problem);
      else {
        // Mail programs and proxies add parameters of their own: the event counts without them.
        const unknown = findUnknown(query);
        if (unknown !== undefined) report(unknown);
        const text = JSON.stringify(toBatch(query, request.header('referer')));
        // What is wrong has been counted; a store that fails has been reported.
        await ingest.take(text, request, connection, { isByDay: true }).catch(() => {});
      }
      return picture();
    },
  };
}

function findProblem(url: string, query: URLSearchParams, referer: string | undefined): string | undefined {
  if (url.length > MAX_URL_CHARS) return `its address has more than ${MAX_URL_CHARS} characters`;
  const names = ['page', 'event', 'conversion'];
  return referer || names.some((name) => query.get(name))
    ? undefined
    : 'page, event or conversion must be given';
}

function findUnknown(query: URLSearchParams): string | undefined {
  const unknown = [...query.keys()].find(
    (name) => !PARAMETERS.has(name) && !name.startsWith(PROPERTY_PREFIX),
  );
  return unknown === undefined
    ? undefined
    : `unknown parameter "${unknown}" (allowed: ${[...PARAMETERS].join(', ')}, ${PROPERTY_PREFIX}<key>)`;
}

/** As the wire has it: it is validated there, and a number in a text is read. */
function toBatch(query: URLSearchParams, referer: string | undefined) {
  const read = (name: string) => query.get(name) || undefined;
  const page_url = read('page') ?? referer;
  const props = Object.fromEntries(
    [...query].flatMap(([name, value]) =>
      name.startsWith(PROPERTY_PREFIX) ? [[name.slice(PROPERTY_PREFIX.length), value]] : [],
    ),
  );
  const common = {
    page_url,
    page_title: read('title'),
    ...(Object.keys(props).length > 0 ? { props } : {}),
  };
  const [event, conversion_type] = [read('event'), read('conversion')];
  return {
    ...Object.fromEntries(TEXTS.map((name) => [name, read(name)])),
    session: {
      session_id: read('session_id'),
      referrer: read('referrer'),
      entry_page: page_url,
      utm: readUtm(page_url),
    },
    events: [
      conversion_type
        ? {
            ...{ event_type: 'conversion', conversion_type, ...common },
            ...{ value: read('value'), currency: read('currency') },
          }
        : event
          ? { event_type: 'custom', name: event, ...common }
          : { event_type: 'page_view', ...common },
    ],
  };
}

/** The campaign that the page's address names, as the tracker reads it. */
function readUtm(page: string | undefined): Record<string, string> {
  if (!page || !URL.canParse(page)) return {};
  return Object.fromEntries(
    [...new URL(page).searchParams].flatMap(([name, value]) =>
      /^utm_(source|medium|campaign|term|content)$/.test(name) && value ? [[name.slice(4), value]] : [],
    ),
  );
}

const picture = (): CollectorReply =>
  file(GIF, {
    'content-type': 'image/gif',
    'cache-control': 'no-store',
    // Pages that isolate themselves (COEP) load only what says it may be embedded.
    'cross-origin-resource-policy': 'cross-origin',
  });
