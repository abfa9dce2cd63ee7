/** Takes out of a batch what addresses tell beyond a page: whatever sent it, of whatever age. */
import type { Batch, Event } from '@liveinsight/schema';
import { cleanReferrer, cleanUrl } from './clean-url.js';

type Session = Batch['session'];

/** Custom events of the tracker's own that name an address, and where. */
const ADDRESSES_IN_PROPS = ['url', 'href', 'source'];
const OF_TRACKER = new Set(['outbound_click', 'file_download', 'rage_click', 'dead_click', 'error']);
/** Line and column behind a script's address, as in the `source` of an error. */
const LINE = /:\d{1,9}(?::\d{1,9})?$/;

export function cleanSession(session: Session, hashRoutes = false): Session {
  const { entry_page, referrer, ...cleaned } = session;
  const page = entry_page === undefined ? undefined : cleanUrl(entry_page, hashRoutes);
  const source = referrer === undefined ? undefined : cleanReferrer(referrer);
  return {
    ...cleaned,
    ...(page === undefined ? {} : { entry_page: page }),
    ...(source === undefined ? {} : { referrer: source }),
  };
}

/** The event itself where there is nothing to be left out, as is usual. */
export function cleanEvent<Of extends Event>(event: Of, hashRoutes = false): Of {
  let cleaned = event;
  const set = (fields: object) => {
    cleaned = { ...cleaned, ...fields };
  };
  if (event.page_url !== undefined) {
    const page_url = cleanUrl(event.page_url, hashRoutes);
    if (page_url !== event.page_url) set({ page_url });
  }
  if ('from_page' in event && event.from_page !== undefined) {
    const from_page = cleanUrl(event.from_page, hashRoutes);
    if (from_page !== event.from_page) set({ from_page });
  }
  if ('href' in event && event.href !== undefined) {
    const href = cleanUrl(event.href);
    if (href !== event.href) set({ href: href || undefined });
  }
  if (event.event_type === 'custom' && OF_TRACKER.has(event.name) && event.props) {
    set({ props: cleanProps(event.props) });
  }
  return cleaned === event ? event : withoutUndefined(cleaned);
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

function withoutUndefined<Of extends object>(fields: Of): Of {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Of;
}
