/** Optional captures. Each reads what the browser knows already, and forces no layout. */
import { MAX_PROP_CHARS } from '@liveinsight/schema/limits';
import { describeTarget } from './clicks.js';
import type { Guard } from './guard.js';
import type { ExtendedOptions } from './options.js';
import { cut } from './text.js';

type Recorder = (event_type: string, fields: object) => void;

const FILE = /\.(pdf|zip|gz|tar|7z|rar|dmg|exe|msi|deb|rpm|apk|docx?|xlsx?|pptx?|csv|mp3|mp4|mov|epub|iso)$/i;
const MAX_ERRORS = 10;
/** What one expects something of when it is clicked. */
const ALIVE = 'button,[role=button],a:not([href])';

/** How far down the page was seen, by its path: whoever opens another page starts anew. */
const seen = { path: '', pct: 0 };

export const readScroll = (): object => {
  const { pct } = seen;
  seen.pct = 0;
  return pct ? { scroll_pct: pct } : {};
};

export const installCaptures = (
  options: ExtendedOptions,
  guard: Guard,
  record: Recorder,
  takeEngaged: () => number,
): void => {
  const wants = (name: string) => !options.capture || `${options.capture}`.includes(name);
  const custom = (name: string, props: object) => record('custom', { name, props });
  const on = (type: string, listener: (event: Event) => void) =>
    addEventListener(type, guard(listener), { capture: true, passive: true });

  if (wants('scroll')) {
    on('scroll', () => {
      // The browser has just laid out the page to scroll it.
      const { scrollTop, clientHeight, scrollHeight } = document.documentElement;
      const pct = Math.min(100, Math.round(((scrollTop + clientHeight) / scrollHeight) * 100));
      seen.pct = Math.max(seen.pct, pct);
    });
  }

  if (wants('outbound') || wants('downloads')) {
    on('click', (event) => {
      const link = (event.composedPath() as HTMLAnchorElement[]).find((node) => node.matches?.('a[href]'));
      if (!link || typeof link.href !== 'string') return;
      const { host, pathname, href, protocol } = new URL(link.href, location.href);
      const url = cut(href.split('?')[0], MAX_PROP_CHARS);
      if (wants('downloads') && FILE.test(pathname)) custom('file_download', { url });
      else if (wants('outbound') && host !== location.host && protocol.startsWith('http'))
        custom('outbound_click', { url });
    });
  }

  if (wants('forms')) {
    on('submit', (event) => record('form_submit', describeTarget(event) || {}));
  }

  if (wants('rage')) {
    let clicks: [target: EventTarget | null, at: number][] = [];
    on('click', (event) => {
      const { target, timeStamp } = event;
      clicks = clicks.filter(([other, at]) => other === target && timeStamp - at < 1000);
      clicks.push([target, timeStamp]);
      if (clicks.length === 3) custom('rage_click', describe(event));
    });
  }

  if (wants('dead')) {
    on('click', (event) => {
      const { href: url } = location;
      if (!(event.composedPath() as Element[]).some((node) => node.matches?.(ALIVE))) return;
      const about = describe(event);
      const observer = new MutationObserver(() => {
        observer.disconnect();
        clearTimeout(timer);
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      const timer = setTimeout(
        guard(() => {
          observer.disconnect();
          if (location.href === url && !document.hidden) custom('dead_click', about);
        }),
        1500,
      );
    });
  }

  if (wants('errors')) {
    let left = MAX_ERRORS;
    const report = (message: unknown, source?: string) => {
      if (left-- > 0) custom('error', { message: cut(`${message}`, 300), source: cut(source, 300) });
    };
    on('error', (event) => {
      const { message, filename, lineno } = event as ErrorEvent;
      if (message) report(message, `${filename?.split('?')[0]}:${lineno}`);
    });
    on('unhandledrejection', (event) => report((event as PromiseRejectionEvent).reason));
  }

  if (wants('vitals')) watchVitals(guard, (name, value) => custom('web_vital', { name, value }));

  const beat = +(options.heartbeatMs as number);
  // `data-heartbeat-ms` without a number is `true`: every millisecond would be too often.
  if (beat > 1) {
    setInterval(
      guard(() => {
        const engaged_ms = takeEngaged();
        if (engaged_ms > 0) record('heartbeat', { engaged_ms });
      }),
      beat,
    );
  }
};

const describe = (event: Event) => {
  const { element_tag: tag, element_id: id, element_text: text } = describeTarget(event) || {};
  return { tag, id, text };
};

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

/** LCP, CLS and the longest interaction, once, when the page is first left; https://web.dev/articles/vitals */
const watchVitals = (guard: Guard, report: (name: string, value: number) => void): void => {
  const vitals: Record<string, number> = {};
  const observe = (type: string, onEntry: (entry: PerformanceEntry) => void) => {
    if (!PerformanceObserver.supportedEntryTypes?.includes(type)) return;
    new PerformanceObserver(guard((list) => list.getEntries().forEach(onEntry))).observe({
      type,
      buffered: true,
    });
  };
  observe('largest-contentful-paint', (entry) => {
    vitals.LCP = Math.round(entry.startTime);
  });
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as Shift;
    if (!hadRecentInput) vitals.CLS = (vitals.CLS || 0) + value;
  });
  observe('event', (entry) => {
    vitals.INP = Math.max(vitals.INP || 0, Math.round(entry.duration));
  });
  let sent = false;
  const send = guard(() => {
    if (sent || !document.hidden) return;
    sent = true;
    for (const [name, value] of Object.entries(vitals)) report(name, Math.round(value * 1e4) / 1e4);
  });
  // Before the tracker's own listener, which sends what waits.
  addEventListener('visibilitychange', send, true);
};
