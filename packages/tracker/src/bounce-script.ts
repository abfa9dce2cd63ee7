/**
 * Runs inline, right after the tracker's script tag: sends the view of a visitor who leaves before the tracker has run. It decides
 * when the page goes, and then the tracker either has counted the view or never will, so that nothing counts twice. Should the answer
 * be lost, the tracker sends the same batch again at the next visit.
 */
import { findChoices, newestChoice, toConsent } from './choice.js';
import { readContext } from './context.js';
import { newId } from './ids.js';
import { countView, isOver, readUtm, type Session } from './session.js';
import { cut, MAX_PATH_CHARS } from './text.js';

interface PrivateNavigator extends Navigator {
  globalPrivacyControl?: boolean;
}

const page = window as unknown as { liveinsight?: { on?: unknown } };
let seen = !document.hidden;
/** Truthy once the view is counted: a tracker that ran while the page was visible has done so. */
let counted: unknown;

const read = <Value>(key: string): Value | undefined => {
  try {
    return JSON.parse(localStorage[key]);
  } catch {}
};

const send = () => {
  const tag = document.querySelector('script[data-site]') as HTMLScriptElement;
  const { site, endpoint = new URL('api/events', tag.src), consent, release } = tag.dataset;
  const name = `li:${site}`;
  const agreed = toConsent(
    newestChoice([read(`${name}?`), ...findChoices(document.cookie, site)]) ?? consent ?? 'granted',
  );
  if (!agreed) return;
  const durable =
    agreed === 'granted' &&
    !(+(navigator.doNotTrack as string) || (navigator as PrivateNavigator).globalPrivacyControl);
  const { origin } = location;
  const pathname = cut(location.pathname, MAX_PATH_CHARS) as string;
  const { referrer, title: page_title } = document;
  const now = Date.now();
  const utm = {};
  readUtm(location.search, utm);
  const before = (durable && read<Session>(name)) as Session | undefined;
  const session =
    before && !isOver(before, now, utm)
      ? before
      : {
          _wire: {
            session_id: newId(),
            entry_page: pathname,
            // biome-ignore lint/style/useTemplate: compresses to fewer bytes.
            referrer: referrer.indexOf(origin + '/')
              ? cut(referrer.split(/[?#]/)[0], MAX_PATH_CHARS)
              : undefined,
            utm,
          },
          _context: readContext(),
          _visitor: before?._visitor || newId(),
          _start: now,
          _last: now,
          _pages: [],
          _conversions: [],
        };
  const event_id = newId();
  const write = (key: string, value: unknown) => {
    const json = JSON.stringify(value);
    try {
      if (durable) localStorage[key] = json;
    } catch {}
    return json;
  };
  const gap_ms = Math.max(0, now - session._last);
  const ordinals = countView(session, pathname);
  session._last = now;
  write(name, session);
  const body = write(`${name}:${event_id}`, {
    v: 1,
    site,
    batch: event_id,
    session: session._wire,
    visitor_id: durable ? session._visitor : undefined,
    context: session._context,
    release,
    sent_at: now,
    events: [
      {
        event_id,
        event_type: 'page_view',
        timestamp: now,
        page_url: origin + pathname,
        gap_ms,
        page_title,
        // Where nothing is kept, nothing can be numbered.
        ...(read(name) && durable ? ordinals : { view: 0 }),
      },
    ],
  });
  navigator.sendBeacon(endpoint, body);
};

const onLeave = ({ type }: Event) => {
  const leaves = type === 'pagehide';
  // Hidden just now, or about to be: until now the page was visible.
  if (!leaves === document.hidden) counted ||= page.liveinsight?.on;
  if (!document.hidden) seen = true;
  if (leaves && seen && !counted) {
    counted = true;
    try {
      send();
    } catch {}
  }
};

addEventListener('pagehide', onLeave);
addEventListener('visibilitychange', onLeave);
