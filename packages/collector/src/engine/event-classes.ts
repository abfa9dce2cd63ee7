/** What counters tell kinds of events apart by. Pure. */
import type { EventKind } from '../columns/chunk.js';

const OTHER_EVENT = 0;
export const PAGE_VIEW = 1;
export const CLICK = 2;
export const CONVERSION = 3;
/** Says how long a page was read. */
export const ENGAGING = 4;

const CLASSES: Readonly<Record<string, number>> = {
  page_view: PAGE_VIEW,
  click: CLICK,
  conversion: CONVERSION,
  page_exit: ENGAGING,
  heartbeat: ENGAGING,
  scroll: ENGAGING,
};

/** By code of the kind. */
export const toEventClasses = (kinds: readonly EventKind[]): Uint8Array =>
  Uint8Array.from(kinds, ({ type }) => (Object.hasOwn(CLASSES, type) ? (CLASSES[type] ?? 0) : OTHER_EVENT));
