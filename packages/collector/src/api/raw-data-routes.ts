/** The routes of raw data: export, erasure, import. */
import { MAX_ID_CHARS, MAX_USER_ID_CHARS } from '@liveinsight/schema';
import { EXPORT_PART_PAGE_BATCHES } from '../budgets.js';
import { ApiError } from '../errors.js';
import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import { scanResumable } from '../event-log/scan-resumable.js';
import type { Auth } from '../http/auth.js';
import { readStream } from '../http/body.js';
import {
  forbiddenMessage,
  invalid,
  mayRead,
  rejectUnknown,
  requireSite,
  SITE_ALONE,
} from '../http/query-params.js';
import { download, importResponse, success } from '../http/responses.js';
import type { RequestContext, Route } from '../http/router.js';
import { parseSpan } from '../query/time-range.js';
import { eraseUser, eraseVisitor } from '../raw-data/erase.js';
import {
  CONTENT_TYPES,
  EXPORT_FORMATS,
  type ExportFormat,
  encodePages,
  exportBytes,
  exportPart,
  toStream,
} from '../raw-data/export.js';
import { type ImportParts, importLines } from '../raw-data/import.js';
import { removeSiteValues, type ValuesQuery } from '../raw-data/remove-values.js';
import { userPages } from '../raw-data/user-export.js';
import type { RollupScheduler } from '../rollup/rollup-scheduler.js';
import { deriveKey } from '../sites/derive-key.js';
import type { ResolvedSite, Sites } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';
import { getCalendar } from '../time/calendar.js';

const OF_EXPORT = new Set(['site', 'from', 'to', 'format', 'after']);
const OF_VALUES = new Set(['site', 'value', 'containing', 'breakdown', 'after']);
const SITE_AND_AFTER = new Set(['site', 'after']);
/** What is removed is named by one value each: of two breakdowns, one would stay. */
const NO_LISTS: ReadonlySet<string> = new Set();

/** Batches of a user read at once, where they are streamed. */
const USER_PAGE_BATCHES = 100;

/** Well below the 29 s that API Gateway waits. */
const RESPONSE_DEADLINE_MS = 20_000;

export interface RawDataParts {
  auth: Auth;
  sites: Sites;
  store: Store;
  scheduler: RollupScheduler;
  /** Drops what this process' live view holds of a site. */
  forget(site: string): void;
  /** Called with a site whose stored numbers, or the log behind them, this process has changed. */
  onNumbersChanged(site: string): void;
  secret: string;
}

export function rawDataRoutes({
  auth,
  sites,
  store,
  scheduler,
  forget,
  onNumbersChanged,
  secret,
}: RawDataParts): Route[] {
  const { columns, hash } = scheduler.context;
  const erasing = { store, forget, stored: columns && { columns, hash } };
  const shardKey = deriveKey(secret, 'shard');
  const requireAdminSite = (context: RequestContext, parameters = SITE_ALONE): ResolvedSite => {
    const changeable = auth.requireAdmin(context);
    rejectUnknown(context.query, parameters, NO_LISTS);
    return requireSite(sites, context.query, changeable);
  };

  return [
    {
      path: '/export',
      async GET(context) {
        const site = requireAdminSite(context, OF_EXPORT);
        const { request, connection, query } = context;
        const format = parseFormat(query, connection.streams ?? false);
        const { from, to } = parseSpan(query, getCalendar(site.timezone), store.now());
        const options = {
          from,
          // Up to now is all that there is, also what a clock a little ahead has stamped.
          to: query.get('to') ? to : to + CLOCK_MARGIN_MS,
          after: query.get('after') ?? undefined,
        };
        const name = `${site.id}.${format}`;
        if (connection.streams) {
          const bytes = exportBytes(store, site, format, options);
          return download(CONTENT_TYPES[format], name, await toStream(bytes, request.signal));
        }
        const pages = scanResumable(store, site, { ...options, pageBatches: EXPORT_PART_PAGE_BATCHES });
        const part = await exportPart(pages, format, {
          first: options.after === undefined,
          withinMs: RESPONSE_DEADLINE_MS,
        });
        return download(CONTENT_TYPES[format], name, part.body, part.cursor);
      },
    },
    {
      path: '/import',
      async POST(context) {
        const { request, query } = context;
        const changeable = auth.requireAdmin(context);
        rejectUnknown(query, SITE_ALONE);
        const target = query.has('site') ? requireSite(sites, query, changeable) : undefined;
        const resolveSite: ImportParts['resolveSite'] = (id = sites.default) => {
          if (target) return { ok: true, site: target };
          if (id === undefined || mayRead(changeable, id)) return sites.authorize(id, undefined);
          return { ok: false, issue: { code: 'unknown_site', path: 'site', message: forbiddenMessage(id) } };
        };
        return importResponse(
          await importLines(
            { store, resolveSite, shardKey, onImported: onNumbersChanged },
            readStream(request),
          ),
        );
      },
    },
    {
      path: '/users/:user_id',
      DELETE: async (context) =>
        success(
          await eraseUser(
            erasing,
            requireAdminSite(context, SITE_AND_AFTER),
            nameIn(context, 'user_id'),
            parseErasure(context),
          ),
        ),
    },
    {
      path: '/users/:user_id/export',
      async GET(context) {
        const { streams = false } = context.connection;
        const pages = userPages(
          store,
          requireAdminSite(context, SITE_AND_AFTER),
          nameIn(context, 'user_id'),
          {
            after: context.query.get('after') ?? undefined,
            pageBatches: streams ? USER_PAGE_BATCHES : EXPORT_PART_PAGE_BATCHES,
          },
        );
        if (streams) {
          const bytes = encodePages(pages, 'ndjson', true);
          return download(CONTENT_TYPES.ndjson, 'user.ndjson', await toStream(bytes, context.request.signal));
        }
        const part = await exportPart(pages, 'ndjson', { first: true, withinMs: RESPONSE_DEADLINE_MS });
        return download(CONTENT_TYPES.ndjson, 'user.ndjson', part.body, part.cursor);
      },
    },
    {
      path: '/values',
      async DELETE(context) {
        const site = requireAdminSite(context, OF_VALUES);
        try {
          const removed = await removeSiteValues(
            { store, columns },
            site,
            parseValuesQuery(context),
            RESPONSE_DEADLINE_MS,
          );
          return success(removed);
        } finally {
          // Some may be removed where it failed later.
          onNumbersChanged(site.id);
        }
      },
    },
    {
      path: '/visitors/:visitor_id',
      async DELETE(context) {
        const site = requireAdminSite(context, SITE_AND_AFTER);
        return success(
          await eraseVisitor(erasing, site, nameIn(context, 'visitor_id'), parseErasure(context)),
        );
      },
    },
  ];
}

const parseErasure = ({ query }: RequestContext) => ({
  after: query.get('after') ?? undefined,
  withinMs: RESPONSE_DEADLINE_MS,
});

const parseValuesQuery = ({ query }: RequestContext): ValuesQuery => ({
  value: query.get('value') ?? undefined,
  containing: query.get('containing') ?? undefined,
  breakdown: query.get('breakdown') ?? undefined,
  after: query.get('after') ?? undefined,
});

/** The name in the path, which no longer one than trackers may send can be. */
function nameIn({ param }: RequestContext, parameter: 'user_id' | 'visitor_id'): string {
  const max = parameter === 'user_id' ? MAX_USER_ID_CHARS : MAX_ID_CHARS;
  if (param.length <= 2 * max && [...param].length <= max) return param;
  throw invalid(parameter, `must have at most ${max} characters`);
}

function parseFormat(query: URLSearchParams, streams: boolean): ExportFormat {
  const name = query.get('format') ?? 'ndjson';
  const format = EXPORT_FORMATS.find((known) => known === name);
  if (!format) throw invalid('format', `must be one of ${EXPORT_FORMATS.join(', ')}`);
  if (format !== 'parquet') return format;
  if (query.has('after')) throw invalid('after', 'is for ndjson and csv: Parquet exports cannot be resumed');
  if (!streams) {
    throw new ApiError(
      'not_supported',
      'this platform can’t stream a Parquet file: use `liveinsight export`, or ask for ndjson or csv',
    );
  }
  return format;
}
