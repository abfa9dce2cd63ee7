/** `GET /api/errors`: errors by message and place, since when and in which releases they are seen. */
import type { ErrorGroup, ErrorsData } from '@liveinsight/schema';
import type { Chunk } from '../columns/chunk.js';
import type { GroupReaders } from '../engine/value-groups.js';
import { parseLimit, rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import { hasText, parseSearch } from '../query/search-and-order.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { readProperty } from './action-kinds.js';
import { splitErrorKey, toErrorKey } from './error-key.js';
import { readStacks } from './error-stacks.js';
import { REPORT_PARAMETERS, readRestriction, toReportFrame } from './scan-report.js';
import { scanValueGroups, type WeighedGroup } from './scan-value-groups.js';

const ROWS = { max: 500, default: 50 };
const MAX_RELEASES = 20;
const PARAMETERS = new Set<string>([...REPORT_PARAMETERS, 'search', 'limit']);

export async function getErrors(
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<ErrorsData> {
  rejectUnknown(query, PARAMETERS);
  const [search, limit] = [parseSearch(query), parseLimit(query, ROWS)];
  const plan = {
    ...(await readRestriction(context, site, query)),
    isCounted: ({ type, name }: { type: string; name: string }) => type === 'custom' && name === 'error',
    read: readErrors,
    groups: ['property'] as const,
    hasTimes: true,
  };
  const { groups, events, set, notes } = await scanValueGroups(context, site, plan);
  const found = groups.filter(({ value }) => hasText(value, search));
  const listed = found.slice(0, limit);
  const stacks = await readStacks(context, site, listed);
  return {
    ...toReportFrame(site, plan, set),
    ...events,
    errors: listed.map((group, index) => ({ ...toError(group), stack: stacks[index] ?? null })),
    error_count: found.length,
    ...toNoteFields(notes),
  };
}

/** By what was thrown, and by where: the top frame of its stack, else the file and line that the browser names. */
function readErrors(chunk: Chunk): GroupReaders {
  const message = readProperty(chunk, ['message']);
  const place = readProperty(chunk, ['frame', 'source']);
  return {
    value: (event) => toErrorKey(message(event), place(event)),
    page: (event) => chunk.event().page.values[chunk.event().page.codes[event] ?? 0] || undefined,
    release: readProperty(chunk, ['release']),
  };
}

function toError({ value, numbers, pages, seen, releases }: WeighedGroup): Omit<ErrorGroup, 'stack'> {
  const { message, place } = splitErrorKey(value);
  return {
    message,
    place: place || null,
    first_seen: toInstant(seen.first),
    last_seen: toInstant(seen.last),
    ...numbers,
    releases: releases
      .filter(({ release }) => release !== '(unknown)')
      .slice(0, MAX_RELEASES)
      .map(({ release, first, last, events: count }) => ({
        ...{ release, events: count },
        first_seen: toInstant(first),
        last_seen: toInstant(last),
      })),
    pages,
  };
}

const toInstant = (ms: number): string => new Date(ms).toISOString();
