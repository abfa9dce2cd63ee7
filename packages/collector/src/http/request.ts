/** What the collector needs of a request and gives as a reply: plain data, so that an adapter costs next to nothing. */

/** A request as an adapter hands it over. */
export interface CollectorRequest {
  /** Upper-case. */
  method: string;
  /** Path and query, as `/api/stats?from=24h`. */
  url: string;
  /**
   * `decoded`: the platform has decoded the path and the adapter has encoded it again, so that a `/` may also be part of a
   * name. `ambiguous`: whether the platform has decoded it cannot be told. Default: as the client has sent it.
   */
  pathForm?: 'decoded' | 'ambiguous';
  /** A header's value by its lower-case name; repeated headers joined by `, `. */
  header(name: string): string | undefined;
  /** The body, whole; rejects with `BodyTooLargeError` beyond the limit, reading no further. */
  body(limitBytes: number): Promise<Uint8Array>;
  /** The body as it comes, where the platform gives it so; rejects where it ends before it is whole. Instead of `body`. */
  stream?(): AsyncIterable<Uint8Array>;
  /** Aborted when the client goes away. */
  signal?: AbortSignal;
}

/** What only the platform knows: never taken from headers a client can set. */
export interface Connection {
  /** Address of the peer. */
  ip?: string;
  /** Whether the platform can hold a reply open and stream it. Default false. */
  streams?: boolean;
  /** Whether the platform compresses responses itself, and drops the encoding that they have: Next.js does. The collector then sends them uncompressed. Default false. */
  compresses?: boolean;
}

/** A reply as an adapter sends it. */
export interface CollectorReply {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
}

/** The body has more bytes than the limit. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError';
  constructor(readonly limitBytes: number) {
    super(`the body has more than ${limitBytes} bytes`);
  }
}

/** The application around the collector has made the body unreadable: a fault of the server, not of the sender. */
export class BodyUnavailableError extends Error {
  override name = 'BodyUnavailableError';
}
