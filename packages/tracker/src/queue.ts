/** Pure: how a batch is divided, and what is given up when the device can hold no more. */
import type { TrackedEvent } from './options.js';
import type { WireBatch } from './wire.js';

/** Both halves keep the name, so that however often and in whatever parts they arrive, each event counts once. */
export const halves = (batch: WireBatch): [half: WireBatch, key: string][] => {
  const { events } = batch;
  const middle = events.length >> 1;
  return [events.slice(0, middle), events.slice(middle)].map((part) => [
    { ...batch, dropped: part[0] === events[0] ? batch.dropped : undefined, events: part },
    part[0]?.event_id || batch.batch,
  ]);
};

/**
 * Takes events of at least `excessChars` off `batches` (oldest first): first those that numbers can best do without, then
 * any. Returns how many it took.
 */
export const trim = (batches: WireBatch[], excessChars: number): number => {
  let excess = excessChars;
  let taken = 0;
  for (const spared of [/^(page_view|conversion)$/, /^$/]) {
    for (const batch of batches) {
      batch.events = batch.events.filter((event: TrackedEvent) => {
        if (excess <= 0 || spared.test(event.event_type)) return true;
        excess -= JSON.stringify(event).length;
        taken++;
        return false;
      });
    }
  }
  return taken;
};
