/** Lists the events of a chunk as plain objects: for tests, which compare them with what was sent. */
import { createHash } from 'node:crypto';
import {
  type Chunk,
  EVENT_FLAGS,
  GROUPS,
  type HashColumn,
  NO_SCROLL,
  textAt,
} from '../../src/columns/chunk.js';
import { SESSION_DIMENSIONS } from '../../src/events/dimensions.js';

/** What is none is absent. */
export interface Row {
  /** Hashes as 16 hex digits. */
  session: string;
  visitor: string;
  user?: string;
  dimensions: Record<string, string>;
  type: string;
  name: string;
  conversionType?: string;
  currency?: string;
  micros?: number;
  page?: string;
  hostname?: string;
  fromPage?: string;
  view?: number;
  nth?: number;
  nthOfType?: number;
  firstOnPage?: true;
  delayed?: true;
  becameEngaged?: true;
  arrival: number;
  timestamp: number;
  gap: number;
  engaged: number;
  scroll?: number;
  title?: string;
  clickTarget?: string;
  link?: string;
  /** Booleans and lists are texts. */
  props: Record<string, string | number>;
}

/** In the order of the chunk. */
export function toRows(chunk: Chunk): Row[] {
  const context = chunk.context();
  const ids = chunk.ids();
  const event = chunk.event();
  const engagement = chunk.engagement();
  const arrival = chunk.arrival();
  const time = chunk.time();
  const detail = chunk.detail();
  const rows: Row[] = [];
  for (let place = 0; place < context.count; place += 1) {
    const dimensions: Record<string, string> = {};
    for (const dimension of SESSION_DIMENSIONS) {
      const value = textAt(context.dimensions[dimension], place);
      if (value !== undefined) dimensions[dimension] = value;
    }
    const user = hashAt(ids.user, place);
    const end = context.firstEvent[place + 1] ?? 0;
    for (let row = context.firstEvent[place] ?? 0; row < end; row += 1) {
      const kind = event.kinds[event.kind[row] ?? -1];
      const flags = event.flags[row] ?? 0;
      rows.push(
        present({
          session: hashAt(ids.session, context.session[place] ?? -1),
          visitor: hashAt(context.visitor, place),
          user: user === NO_HASH ? undefined : user,
          dimensions,
          type: kind?.type ?? '',
          name: kind?.name ?? '',
          conversionType: kind?.conversionType,
          currency: kind?.currency,
          micros: Number.isNaN(event.micros[row]) ? undefined : event.micros[row],
          page: textAt(event.page, row),
          hostname: textAt(event.hostname, row),
          fromPage: textAt(event.fromPage, row),
          view: event.view[row] || undefined,
          nth: event.nth[row] || undefined,
          nthOfType: event.nthOfType[row] || undefined,
          firstOnPage: flags & EVENT_FLAGS.firstOnPage ? true : undefined,
          delayed: flags & EVENT_FLAGS.delayed ? true : undefined,
          becameEngaged: flags & EVENT_FLAGS.engaged ? true : undefined,
          arrival: arrival[row] ?? 0,
          timestamp: time.timestamp[row] ?? 0,
          gap: time.gap[row] ?? 0,
          engaged: engagement.engaged[row] ?? 0,
          scroll: time.scroll[row] === NO_SCROLL ? undefined : time.scroll[row],
          title: textAt(detail.title, row),
          clickTarget: textAt(detail.clickTarget, row),
          link: textAt(detail.link, row),
          props: {},
        }) as Row,
      );
    }
  }
  for (const { key, rows: having, text, number } of chunk.property().values()) {
    having.forEach((row, place) => {
      const value = textAt(text, place) ?? number[place];
      const props = rows[row]?.props;
      if (props && value !== undefined) props[key] = value;
    });
  }
  return rows;
}

/** As hashes stand in rows. */
export const toHex = (hash: bigint): string => hash.toString(16).padStart(16, '0');

/** The object without what is undefined. */
export const present = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const NO_HASH = toHex(0n);

const hashAt = ({ high, low }: HashColumn, row: number): string =>
  toHex((BigInt(high[row] ?? 0) << 32n) | BigInt(low[row] ?? 0));

/** All that a chunk says, bit by bit. */
export function toColumns(chunk: Chunk) {
  const { from, to, groups, events, botEvents, over } = chunk;
  const columns = GROUPS.map((group) => [group, chunk[group]()]);
  return { from, to, groups, events, botEvents, over: new Map(over), ...Object.fromEntries(columns) };
}

/** Columns of many rows by a checksum of each: they are too long to be compared one by one. */
export function toDigest(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name} ${createHash('sha1').update(bytes).digest('hex')}`;
  }
  if (value instanceof Map) return [...value].map(toDigest);
  if (value instanceof Set) return [...value];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, toDigest(own)]));
}
