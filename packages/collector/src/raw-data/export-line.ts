/** A stored batch as a line of an export: the wire batch that it was, when it arrived, and what the server knew of it. */
import { hasPlainRoute } from '../ingest/clean-url.js';
import type { StoredBatch } from '../storage/event-store.js';

/** What the server adds to a batch, on a line beside the wire's own fields. */
const KNOWN = [
  'source',
  'channel',
  'click_id',
  'browser',
  'os',
  'device',
  'country',
  'region',
  'city',
  'location_source',
  'bot',
  'bot_name',
  'bot_operator',
  'bot_category',
  'bot_reason',
] as const;
const CONTEXT = ['language', 'screen', 'viewport', 'timezone'] as const;
const SESSION = ['session_id', 'entry_page', 'referrer', 'utm'] as const;

/** One JSON object; with a `cursor`, the reading can go on behind this line. */
export function exportLine(batch: StoredBatch, cursor?: string): Record<string, unknown> {
  return {
    v: 1,
    site: batch.site,
    batch: batchName(batch),
    received_at: batch.received_at,
    session: pick(batch, SESSION),
    ...pick(batch, ['visitor_id', 'user_id', 'sent_at', 'release', 'dropped']),
    context: pick(batch, CONTEXT),
    // Without it an import would cut the pages' fragments off.
    ...(hasHashRoutes(batch) ? { hash_routes: true } : {}),
    ...pick(batch, KNOWN),
    events: batch.events,
    ...(cursor === undefined ? {} : { cursor }),
  };
}

const hasHashRoutes = ({ entry_page, events }: StoredBatch): boolean =>
  hasPlainRoute(entry_page) || events.some(({ page_url }) => hasPlainRoute(page_url));

/** The batch's name for ever, without what tells its items apart. */
export const batchName = ({ batch }: Pick<StoredBatch, 'batch'>): string => batch.split('#', 1)[0] ?? '';

function pick<Key extends keyof StoredBatch>(batch: StoredBatch, keys: readonly Key[]) {
  return Object.fromEntries(keys.filter((key) => batch[key] !== undefined).map((key) => [key, batch[key]]));
}
