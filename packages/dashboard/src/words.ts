/** Events and sessions in words. Pure: what comes out is text, and is shown as text. */
import type { ActiveSession, StreamEvent } from '@liveinsight/schema';

const NAMES: Record<StreamEvent['event_type'], string> = {
  page_view: 'View',
  click: 'Click',
  conversion: 'Conversion',
  heartbeat: 'Still here',
  page_exit: 'Left',
  scroll: 'Scroll',
  form_submit: 'Form',
  custom: 'Event',
};

export const nameOf = (event: StreamEvent) =>
  event.event_type === 'custom' ? event.name : NAMES[event.event_type];

/** What there is to say beyond type and page. */
export function detailOf(event: StreamEvent): string {
  switch (event.event_type) {
    case 'page_view':
      return event.page_title ?? '';
    case 'click':
    case 'form_submit':
      return event.element_text || event.element_id || event.element_tag?.toLowerCase() || '';
    case 'conversion':
      return [event.conversion_type, moneyOf(event.value, event.currency)].filter(Boolean).join(', ');
    case 'page_exit':
    case 'heartbeat':
    case 'scroll':
      return [
        event.engaged_ms === undefined ? '' : `${durationOf(event.engaged_ms)} engaged`,
        event.scroll_pct === undefined ? '' : `${Math.round(event.scroll_pct)} % seen`,
      ]
        .filter(Boolean)
        .join(', ');
    case 'custom':
      return propsOf(event.props);
  }
}

export function durationOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Where a visitor is from and on what, as far as is known. */
export function whoOf({ source, country, browser, os, device }: ActiveSession): string {
  return [source || 'direct', country, browser, os || device].filter(Boolean).join(' · ');
}

function moneyOf(value: number | undefined, currency: string | undefined): string {
  if (value === undefined) return '';
  if (!currency) return String(value);
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(value);
  } catch {
    return `${value} ${currency}`;
  }
}

const propsOf = (props: StreamEvent['props']) =>
  Object.entries(props ?? {})
    .slice(0, 4)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
