/** Lets many requests share a write: at once when idle, else when a call is full, or another has returned and was not begun just now. */
import { MAX_WRITE_QUEUE_BYTES } from '../../budgets.js';
import { BYTES_PER_CALL, type Inserter, type InsertResult } from './inserts.js';
import type { UnstampedItem } from './items.js';

/** Calls under way at once, of full groups; more would only wait for a socket. */
const CALLS_AT_ONCE = 32;
/**
 * Between the beginnings of two calls that are not full. A database on the same machine answers within a millisecond, and then every
 * batch would have a call of its own, which costs several times as much as the batch. DynamoDB itself takes as long.
 */
const MIN_CALL_DISTANCE_MS = 5;
/** Items that may wait: beyond it the store is too slow for what comes in, and saying so at once is kinder. */
const MAX_WAITING = 5_000;

interface Waiting {
  row: UnstampedItem;
  resolve: (result: InsertResult) => void;
}

export interface GroupCommit {
  /** Inserts one item, along with what else is being inserted. Never rejects. */
  insert(row: UnstampedItem): Promise<InsertResult>;
}

export function groupCommit(inserter: Inserter): GroupCommit {
  let waiting: Waiting[] = [];
  let calls = 0;
  /** Of items that wait or are being written. */
  let bytesUnderWay = 0;
  let soon = false;
  let startedAt = Number.NEGATIVE_INFINITY;

  /** What else comes in by the same turn of the event loop goes along. */
  function flushSoon(): void {
    if (soon) return;
    soon = true;
    const wait = startedAt + MIN_CALL_DISTANCE_MS - performance.now();
    if (wait > 0) setTimeout(flush, wait);
    else setImmediate(flush);
  }

  function flush(): void {
    soon = false;
    if (waiting.length > 0) start();
  }

  const isFull = () => waiting.length >= inserter.rowsPerCall();

  function start(): void {
    const group = takeGroup();
    calls += 1;
    startedAt = performance.now();
    const resolveAll = (toResult: (index: number) => InsertResult) => {
      calls -= 1;
      group.forEach(({ resolve }, index) => {
        resolve(toResult(index));
      });
      if (waiting.length > 0) flushSoon();
    };
    inserter.insert(group.map(({ row }) => row)).then(
      (results) =>
        resolveAll((index) => results[index] ?? { kind: 'failed', cause: 'the store gave no answer to it' }),
      // A fault of ours: nobody may wait for ever for it.
      (error) => resolveAll(() => ({ kind: 'failed', cause: String(error) })),
    );
  }

  /** Items of equal keys never share a call, which they would fail whole: the later waits for the next. */
  function takeGroup(): Waiting[] {
    const group = new Map<string, Waiting>();
    const later: Waiting[] = [];
    const maxRows = inserter.rowsPerCall();
    let bytes = 0;
    let looked = 0;
    for (const one of waiting) {
      if (group.size === maxRows) break;
      looked += 1;
      const fits = group.size === 0 || bytes + one.row.bytes <= BYTES_PER_CALL;
      if (fits && !group.has(one.row.key)) {
        group.set(one.row.key, one);
        bytes += one.row.bytes;
      } else later.push(one);
    }
    waiting = [...later, ...waiting.slice(looked)];
    return [...group.values()];
  }

  return {
    insert(row) {
      if (bytesUnderWay > 0 && bytesUnderWay + row.bytes > MAX_WRITE_QUEUE_BYTES) {
        const cause = `${bytesUnderWay >> 20} MB of batches are waiting already`;
        return Promise.resolve({ kind: 'failed', cause });
      }
      if (waiting.length >= MAX_WAITING) {
        return Promise.resolve({ kind: 'failed', cause: `${MAX_WAITING} batches are waiting already` });
      }
      bytesUnderWay += row.bytes;
      return new Promise((done) => {
        waiting.push({
          row,
          resolve(result) {
            bytesUnderWay -= row.bytes;
            done(result);
          },
        });
        if (isFull() && calls < CALLS_AT_ONCE) start();
        else if (calls === 0) flushSoon();
      });
    },
  };
}
