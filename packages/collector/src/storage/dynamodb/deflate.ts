/** Makes a batch's JSON small: deflated with words that every batch has, which never change once data are stored. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { MAX_STORED_BATCH_BYTES } from '../../budgets.js';
import { DEFAULT_LAYOUT } from './layouts.js';

/**
 * By layout, the number that deflated data begin with. To change the words, add a list under the next number, keep
 * those before, and see `layouts.ts` for when it may be written. What is likeliest stands last, where it is cheapest to
 * point to.
 */
const WORDS: Record<number, Buffer> = {
  1: Buffer.from(
    [
      '"dropped":"{"bot":true,"region":"","utm_term":"","utm_content":"","timezone":"Asia/TokyoAsia/Seoul',
      'America/Los_AngelesAmerica/New_YorkEurope/LondonEurope/ParisEurope/Berlin","device":"tabletmobiledesktop"',
      ',"os":"Linux","Android","iOS","macOS","Windows","browser":"Samsung Internet","Edge","Firefox","Safari',
      '","Chrome","viewport":"390x664","screen":"390x844","1920x1080","language":"zh-CNja-JPkoes-ESde-DEfr-FRen-GBen-US',
      '","channel":"referral","display","organic_social","paid_social","paid_search","organic_search","email","direct',
      '","source":"newsletter","google","referrer":"https://www.google.com/","utm_campaign":"","utm_medium":"cpc',
      '","utm_source":"google","entry_page":"/","sent_at":17,"country":"US","user_id":"customer-",',
      '"clock":"corrected","claimed_timestamp":,"delayed":true,"web_vital","outbound_click","form_submit",',
      '"scroll","custom","name":"","heartbeat","event_type":"conversion","conversion_type":"purchase","value":,',
      '"currency":"EUR","nth":1,"nth_of_type":1,"props":{}},{"event_type":"page_exit","page_url":"https://www.',
      '","gap_ms":,"engaged_ms":,"scroll_pct":100,"event_id":"","timestamp":1},{"event_type":"click","page_url":"https://',
      '","gap_ms":,"element_tag":"A","element_tag":"BUTTON","element_id":"","element_class":"","element_text":"',
      '","href":"https://www.","event_id":"","timestamp":17},"events":[{"event_type":"page_view","page_url":"https://www.',
      '","page_title":"","gap_ms":0,"view":1,"from_page":"/","first_on_page":true,"event_id":"01',
    ].join(''),
  ),
};
/** Bytes of output made room for at a time: most of what is deflated fits, and Node's 16 KiB take a third longer to get. */
const CHUNK_BYTES = 1024;
/** A window and tables for a few KiB, 48 KiB in all: those of 32 KiB, 268 KiB for each batch, find no more in so little. */
const SMALL = { level: 1, windowBits: 13, memLevel: 5 };
const HARD = { level: 6 };

/**
 * Raw deflate, at once: a thread costs more than it saves. `own` are the item's own words. `hard` takes a third
 * longer for a few bytes fewer, where those decide over a write unit.
 */
export function deflate(json: string, own: string, { hard = false, layout = DEFAULT_LAYOUT } = {}): Buffer {
  const deflated = deflateRawSync(json, {
    ...(hard ? HARD : SMALL),
    chunkSize: CHUNK_BYTES,
    dictionary: dictionary(layout, own),
  });
  return Buffer.concat([Buffer.of(layout), deflated]);
}

/** Throws for what is broken, and for what is larger than any batch that was ever taken. */
export function inflate(base64: string, own: string): string {
  const bytes = Buffer.from(base64, 'base64');
  return inflateRawSync(bytes.subarray(1), {
    dictionary: dictionary(bytes[0] ?? 0, own),
    maxOutputLength: MAX_STORED_BATCH_BYTES,
  }).toString();
}

/** What a version after this one wrote, and can read. */
export class NewerItemError extends Error {
  override name = 'NewerItemError';
}

const MAX_OWN_BYTES = 2_048;
/** The words by version, with room after them for an item's own. */
const ROOMS = Object.fromEntries(
  Object.entries(WORDS).map(([version, words]) => [
    version,
    Buffer.concat([words, Buffer.alloc(MAX_OWN_BYTES)]),
  ]),
);

/** In a buffer that is used again: whoever asks is done with it before anybody else can be. */
function dictionary(version: number, own: string): Buffer {
  const room = ROOMS[version];
  if (!room)
    throw new NewerItemError(`events deflated with words ${version}: a newer LiveInsight stored them`);
  const end = room.length - MAX_OWN_BYTES;
  return room.subarray(0, end + room.write(own, end));
}
