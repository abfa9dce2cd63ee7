/** Stored batches as lines: for people, or one JSON object per event for programs. Pure. */
import type { StoredBatch, StoredEvent } from '@liveinsight/collector';
import { CURRENCIES } from '@liveinsight/schema';
import { replaceControlChars, safeJson, style } from '../print.js';

/** An event with all that is known of it, `received_at` as an instant. */
export function jsonLines({ events, received_at, ...batch }: StoredBatch): string[] {
  return events.map((event) =>
    safeJson({ received_at: new Date(received_at).toISOString(), ...batch, ...event }),
  );
}

export function humanLines(batch: StoredBatch): string[] {
  const time = new Date(batch.received_at).toLocaleTimeString(undefined, { hourCycle: 'h23' });
  const who = [
    batch.bot && 'bot',
    batch.user_id,
    batch.source,
    batch.country,
    batch.language,
    [batch.browser, batch.os].filter(Boolean).join('/'),
  ];
  return batch.events.map((event) =>
    [
      style('dim', time),
      style(
        getStyle(event),
        replaceControlChars(event.event_type === 'custom' ? event.name : event.event_type).padEnd(11),
      ),
      replaceControlChars(formatPage(event.page_url)),
      replaceControlChars(formatDetail(event)),
      style('dim', replaceControlChars([shortId(batch.session_id), ...who].filter(Boolean).join(' '))),
      event.clock ? style('yellow', `clock ${event.clock}`) : '',
      event.delayed ? style('yellow', 'delayed') : '',
    ]
      .filter(Boolean)
      .join('  '),
  );
}

function formatDetail(event: StoredEvent): string {
  switch (event.event_type) {
    case 'page_view':
      return event.page_title ?? '';
    case 'click':
    case 'form_submit':
      return [
        event.element_tag?.toLowerCase(),
        event.element_id && `#${event.element_id}`,
        event.element_text,
      ]
        .filter(Boolean)
        .join(' ');
    case 'conversion':
      return [event.conversion_type, formatAmount(event.value, event.currency), event.currency]
        .filter((part) => part !== undefined)
        .join(' ');
    case 'page_exit':
    case 'heartbeat':
    case 'scroll':
      return [
        event.engaged_ms === undefined ? '' : `${(event.engaged_ms / 1000).toFixed(1)} s engaged`,
        event.scroll_pct === undefined ? '' : `${event.scroll_pct} % seen`,
      ]
        .filter(Boolean)
        .join(', ');
    case 'custom':
      return event.props ? JSON.stringify(event.props) : '';
  }
}

/** With the minor units of its currency, as `12.50`, `1500` or `1.250`; an amount with more decimals as it is. */
function formatAmount(value: number | undefined, currency: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const units = currency === undefined ? undefined : CURRENCIES.get(currency);
  const text = String(value);
  const decimals = text.split('.')[1]?.length ?? 0;
  // A currency with more than four decimals, such as BTC, is not padded with zeros.
  const writesOut = units !== undefined && units <= 4 && decimals <= units && !text.includes('e');
  return writesOut ? value.toFixed(units) : text;
}

function getStyle({ event_type }: StoredEvent): 'green' | 'yellow' | 'cyan' | 'dim' {
  if (event_type === 'conversion') return 'yellow';
  if (event_type === 'page_view') return 'green';
  return event_type === 'click' || event_type === 'custom' ? 'cyan' : 'dim';
}

function formatPage(url: string | undefined): string {
  if (url === undefined) return '';
  if (!URL.canParse(url)) return url;
  const { pathname, hash } = new URL(url);
  return pathname + hash;
}

/** Of a long id the end: those of one minute begin alike. */
const shortId = (id: string) => `#${id.length > 16 ? id.slice(-6) : id}`;
