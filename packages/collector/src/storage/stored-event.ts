/** Whether something is an event as they are stored: what reads the log relies on these fields. Pure. */

type Fields = Partial<Record<Name, unknown>>;
type Name =
  | ('event_id' | 'event_type' | 'timestamp')
  | ('page_url' | 'page_title' | 'from_page' | 'name' | 'conversion_type' | 'currency')
  | ('element_tag' | 'element_id' | 'element_class' | 'element_text')
  | ('gap_ms' | 'engaged_ms' | 'value' | 'view' | 'nth' | 'nth_of_type');

/** Spelt out: rolling up asks it of every event, and a field that is named by a variable costs several times as much. */
export function isStoredEvent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const event: Fields = value;
  const { event_id, event_type, timestamp, name, conversion_type } = event;
  if (typeof event_id !== 'string' || typeof event_type !== 'string' || !Number.isFinite(timestamp))
    return false;
  if (event_type === 'custom' && name === undefined) return false;
  if (event_type === 'conversion' && conversion_type === undefined) return false;
  return (
    isText(event.page_url) &&
    isText(event.page_title) &&
    isText(event.from_page) &&
    isText(name) &&
    isText(conversion_type) &&
    isText(event.currency) &&
    isText(event.element_tag) &&
    isText(event.element_id) &&
    isText(event.element_class) &&
    isText(event.element_text) &&
    isNumber(event.gap_ms) &&
    isNumber(event.engaged_ms) &&
    isNumber(event.value) &&
    isNumber(event.view) &&
    isNumber(event.nth) &&
    isNumber(event.nth_of_type)
  );
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';
const isNumber = (value: unknown): boolean => value === undefined || typeof value === 'number';
