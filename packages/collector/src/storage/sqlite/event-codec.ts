/** The events of a batch in few bytes: deflated with texts that every batch has, which never change once data are stored. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { MAX_KEY_CHARS, MAX_STORED_BATCH_BYTES } from '../../budgets.js';
import type { StoredEvent } from '../event-store.js';
import { isStoredEvent } from '../stored-event.js';

/**
 * By layout, the number that stored events begin with. To change the texts, add a list under the next number. What is
 * likeliest stands last, where it is cheapest to point to.
 */
const TEXTS: Record<number, Buffer> = {
  1: Buffer.from(
    [
      '"clock":"corrected","claimed_timestamp":,"delayed":true,"web_vital","outbound_click","form_submit","scroll",',
      '"custom","name":"","heartbeat","props":{"event_type":"conversion","conversion_type":"purchase","value":,',
      '"currency":"EUR","nth":1,"nth_of_type":1},{"event_type":"page_exit","page_url":"https://www.","gap_ms":,',
      '"engaged_ms":,"scroll_pct":100,"event_id":"","timestamp":1},{"event_type":"click","page_url":"https://',
      '","gap_ms":,"element_tag":"A","element_tag":"BUTTON","element_id":"","element_class":"","element_text":"',
      '","href":"https://www.","event_id":"","timestamp":17},{"event_type":"page_view","page_url":"https://www.',
      '","page_title":"","gap_ms":0,"view":1,"from_page":"/","first_on_page":true,"timestamp":17[{"event_id":"',
    ].join(''),
  ),
};
const LAYOUT = 1;
/**
 * A window and tables for a few KiB: those of 32 KiB take longer to allocate than to use. Of so little text, level 6 takes no
 * longer than level 1, and 7 % fewer bytes.
 */
const SMALL = { level: 6, windowBits: 13, memLevel: 5, chunkSize: 1024 };
/** The same window, and room for what most batches have: 16 KB, as is the default, are not taken from Node's pool of buffers. */
const INFLATE = { windowBits: SMALL.windowBits, chunkSize: 4096 };

/** What a newer version wrote, and can read. */
export class NewerLayoutError extends Error {
  override name = 'NewerLayoutError';
}

/** @param name the batch's, which most often is the id of its first event */
export function encodeEvents(events: readonly StoredEvent[], name: string): Buffer {
  const deflated = deflateRawSync(JSON.stringify(events), { ...SMALL, dictionary: dictionary(LAYOUT, name) });
  return Buffer.concat([Buffer.of(LAYOUT), deflated]);
}

/** Throws for what cannot be read, and for what is larger than any batch that was ever taken. */
export function decodeEvents(stored: Buffer, name: string): { events: StoredEvent[]; bytes: number } {
  const text = inflateRawSync(stored.subarray(1), {
    ...INFLATE,
    dictionary: dictionary(stored[0] ?? 0, name),
    maxOutputLength: MAX_STORED_BATCH_BYTES,
  }).toString();
  const events: unknown = JSON.parse(text);
  if (!Array.isArray(events) || !events.every(isStoredEvent))
    throw new Error('its events are not as they are stored');
  return { events, bytes: text.length };
}

/** Texts by layout, with room after them for a batch's name of three bytes a character. */
const NAME_BYTES = 3 * MAX_KEY_CHARS;
const ROOMS = Object.fromEntries(
  Object.entries(TEXTS).map(([layout, texts]) => [layout, Buffer.concat([texts, Buffer.alloc(NAME_BYTES)])]),
);

/** In a buffer that is used again: each use ends before the next begins. */
function dictionary(layout: number, name: string): Buffer {
  const room = ROOMS[layout];
  if (!room) throw new NewerLayoutError(`events in layout ${layout}: a newer LiveInsight stored them`);
  const end = room.length - NAME_BYTES;
  return room.subarray(0, end + room.write(name, end));
}
