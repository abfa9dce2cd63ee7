/** The way of a request with events into the collector: its bytes are read, parsed once, and taken as a batch. */
import { type IngestData, type ParsedBatch, parseBatchText } from '@liveinsight/schema';
import { v7 as uuidv7 } from 'uuid';
import { ApiError } from '../errors.js';
import { readText } from '../http/body.js';
import { createClientIps } from '../http/client-ip.js';
import type { CollectorRequest, Connection } from '../http/request.js';
import { createTurns } from '../time-slice.js';
import { createTakeBatch, type Sender, type TakeBatchParts } from './take-batch.js';

export interface Ingest {
  /** Takes a request, answers what became of its events; throws an `ApiError` where all of it is rejected. */
  (request: CollectorRequest, connection: Connection): Promise<IngestData>;
  /** The same of a batch that another part of the collector has, as JSON, and of who sent it. */
  take(
    text: string,
    request: Pick<CollectorRequest, 'header'>,
    connection: Connection,
    options?: Partial<Pick<Sender, 'isByDay'>>,
  ): Promise<IngestData>;
}

export type IngestParts = TakeBatchParts;

/** Characters of a body above which it waits for its turn. What a tracker sends has a tenth. */
const LARGE_BODY_CHARS = 32_768;

export function createIngest(parts: IngestParts): Ingest {
  const { options, rejections } = parts;
  const takeBatch = createTakeBatch(parts);
  const clientIp = createClientIps(options.trustedProxies ?? 0, (message) => console.warn(message));
  const turn = createTurns();

  const take: Ingest['take'] = async (text, request, connection, { isByDay = false } = {}) => {
    const receivedAt = Date.now();
    const parsed: ParsedBatch = parseBatchText(text, { now: receivedAt, newId: uuidv7, repair: true });
    if (!parsed.ok) {
      rejections.add(undefined, parsed.issues.slice(0, 1));
      throw new ApiError('refused', parsed.issues[0].message, parsed.issues);
    }
    const ip = () => clientIp(request, connection);
    const header = (name: string) => request.header(name);
    const sender = { header, ip, isByDay, chars: text.length };
    return takeBatch(parsed, sender, receivedAt);
  };

  async function ingest(request: CollectorRequest, connection: Connection): Promise<IngestData> {
    let text: string;
    try {
      text = await readText(request);
    } catch (error) {
      if (error instanceof ApiError) rejections.add(undefined, error.issues);
      throw error;
    }
    if (text.length > LARGE_BODY_CHARS) await turn();
    return take(text, request, connection);
  }

  return Object.assign(ingest, { take });
}
