/** A request as it is sent to the thread that answers it: its body stays where it is, and is asked for. */
import type { CollectorRequest, Connection } from '../http/request.js';

/** Headers that a question's response may depend on. */
export const SENT_HEADERS = [
  ...['accept-encoding', 'authorization', 'content-encoding', 'forwarded', 'from', 'if-none-match'],
  ...['last-event-id', 'origin', 'referer', 'sec-ch-ua', 'sec-ch-ua-platform', 'signature-agent'],
  ...['user-agent', 'x-api-key', 'x-forwarded-for'],
];

export interface SentRequest extends Pick<CollectorRequest, 'method' | 'url' | 'pathForm'> {
  /** Names it, also once it is answered by a stream. */
  id: number;
  headers: Record<string, string>;
  connection: Connection;
  /** Whether the body can be read as it comes. */
  streams: boolean;
}

export function toSentRequest(id: number, request: CollectorRequest, connection: Connection): SentRequest {
  const { method, url, pathForm } = request;
  const headers = SENT_HEADERS.map((name) => [name, request.header(name)] as const);
  return {
    ...{ id, method, url, connection },
    ...(pathForm ? { pathForm } : {}),
    headers: Object.fromEntries(headers.filter((pair): pair is [string, string] => pair[1] !== undefined)),
    streams: request.stream !== undefined,
  };
}

export interface BodySource {
  /** The whole body. */
  body(id: number, limitBytes: number): Promise<Uint8Array>;
  /** The next piece of it; undefined at its end. */
  nextOfBody(id: number): Promise<Uint8Array | undefined>;
}

export function fromSentRequest(
  sent: SentRequest,
  source: BodySource,
  signal: AbortSignal,
): CollectorRequest {
  const { id, method, url, pathForm, headers, streams } = sent;
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (let piece = await source.nextOfBody(id); piece; piece = await source.nextOfBody(id)) yield piece;
  }
  return {
    ...{ method, url, signal },
    ...(pathForm ? { pathForm } : {}),
    header: (name) => headers[name],
    body: (limitBytes) => source.body(id, limitBytes),
    ...(streams ? { stream } : {}),
  };
}
