/** Whether something is an event as they are stored: what reads the log relies on these fields. Pure. */

const TEXTS = [
  'page_url',
  'page_title',
  'from_page',
  'name',
  'conversion_type',
  'currency',
  'element_tag',
  'element_id',
  'element_class',
  'element_text',
] as const;
const NUMBERS = ['gap_ms', 'engaged_ms', 'value', 'view', 'nth', 'nth_of_type'] as const;
const OF_TYPE: Record<string, string> = { custom: 'name', conversion: 'conversion_type' };

export function isStoredEvent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const event: Record<string, unknown> = { ...value };
  const { event_id, event_type, timestamp } = event;
  if (typeof event_id !== 'string' || typeof event_type !== 'string' || !Number.isFinite(timestamp))
    return false;
  const needed = OF_TYPE[event_type];
  if (needed !== undefined && typeof event[needed] !== 'string') return false;
  return (
    TEXTS.every((name) => event[name] === undefined || typeof event[name] === 'string') &&
    NUMBERS.every((name) => event[name] === undefined || typeof event[name] === 'number')
  );
}
