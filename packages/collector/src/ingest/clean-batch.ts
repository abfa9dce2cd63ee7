/** Takes out of a batch what addresses tell beyond a page: whatever sent it, of whatever age. */
import type { Batch, Event } from '@liveinsight/schema';
import { cleanReferrer, cleanUrl } from './clean-url.js';

type Session = Batch['session'];

/** Custom events that name an address, and where: those of the tracker, and of a page that is missing. */
const ADDRESSES_IN_PROPS = ['url', 'href', 'source', 'from'];
const WITH_ADDRESSES = new Set([
  'outbound_click',
  'file_download',
  'rage_click',
  'dead_click',
  'error',
  'not_found',
]);
/** Line and column behind a script's address, as in the `source` of an error. */
const LINE = /:\d{1,9}(?::\d{1,9})?$/;

export function cleanSession(session: Session, hashRoutes = false): Session {
  const { session_id, entry_page, referrer, utm } = session;
  const page = entry_page === undefined ? undefined : cleanUrl(entry_page, hashRoutes);
  const source = referrer === undefined ? undefined : cleanReferrer(referrer);
  const cleaned: Session = { session_id };
  if (page !== undefined) cleaned.entry_page = page;
  if (source !== undefined) cleaned.referrer = source;
  if (utm !== undefined) cleaned.utm = utm;
  return cleaned;
}

/** The event itself where there is nothing to be left out, as is usual. */
export function cleanEvent<Of extends Event>(event: Of, hashRoutes = false): Of {
  let copy: Of | undefined;
  const set = (name: string, before: string, value: string | undefined) => {
    if (value === before) return;
    copy ??= { ...event };
    if (value === undefined) Reflect.deleteProperty(copy, name);
    else Object.assign(copy, { [name]: value });
  };
  if (event.page_url !== undefined) set('page_url', event.page_url, cleanUrl(event.page_url, hashRoutes));
  if ('from_page' in event && event.from_page !== undefined) {
    set('from_page', event.from_page, cleanUrl(event.from_page, hashRoutes));
  }
  if ('href' in event && event.href !== undefined) set('href', event.href, cleanUrl(event.href) || undefined);
  if (event.event_type === 'custom' && WITH_ADDRESSES.has(event.name) && event.props) {
    copy ??= { ...event };
    copy.props = cleanProps(event.props);
  }
  return copy ?? event;
}

function cleanProps(props: NonNullable<Event['props']>): NonNullable<Event['props']> {
  const cleaned = { ...props };
  for (const name of ADDRESSES_IN_PROPS) {
    const value = cleaned[name];
    if (typeof value !== 'string') continue;
    const line = LINE.exec(value)?.[0] ?? '';
    const address = cleanUrl(value.slice(0, value.length - line.length));
    if (address === undefined) delete cleaned[name];
    else cleaned[name] = address + line;
  }
  return cleaned;
}
