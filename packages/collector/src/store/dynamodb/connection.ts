/** Calls of DynamoDB's API: our JSON in and out, the database's clock learned on the way, its refusals named. */
import { LATE_LANDING_MS, type LateLanding, type StoreClock, storeClock } from './clock.js';
import { type ConnectionOptions, findPlace } from './place.js';
import {
  type HttpTransport,
  httpTransport,
  type Operation,
  type Transport,
  type WireReply,
} from './transport.js';

export interface WatchedConnectionOptions extends ConnectionOptions {
  /** Goes around each request, to trace or meter it, or to break it in a test. Default: none. */
  middleware?: (next: Transport) => Transport;
}

export interface Connection {
  clock: StoreClock;
  /** Sends one request as prepared JSON, once; `stampedAt` is the arrival that a write carries. Rejects with what the store answered. */
  call<Reply>(operation: Operation, body: string, stampedAt?: number): Promise<Reply>;
  close(): void;
}

export function connect(
  { middleware = (next) => next, ...options }: WatchedConnectionOptions,
  onLateLanding: (late: LateLanding) => void = () => {},
): Connection {
  const clock = storeClock();
  let http: HttpTransport | undefined;
  let opened: Promise<Transport> | undefined;

  /** At the first call; anew at the next where the place could not be found. */
  function open(): Promise<Transport> {
    opened ??= findPlace(options)
      .then((place) => {
        http = httpTransport(place);
        return middleware(http.send);
      })
      .catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
    return opened;
  }

  return {
    clock,
    async call<Reply>(operation: Operation, body: string, stampedAt?: number) {
      const send = await open();
      const askedAt = Date.now();
      const reply = await send({ operation, body }, clock.now());
      const repliedAt = clock.observe(reply.date, askedAt, Date.now());
      if (reply.status !== 200) throw refusal(reply);
      if (stampedAt !== undefined && repliedAt !== undefined && repliedAt - stampedAt > LATE_LANDING_MS) {
        onLateLanding({ stampedAt, repliedAt });
      }
      return JSON.parse(reply.body) as Reply;
    },
    close: () => http?.close(),
  };
}

/** The store's refusal, named as the API names it. */
function refusal({ status, body }: WireReply): Error {
  let said: { __type?: string; message?: string; Message?: string } = {};
  try {
    said = JSON.parse(body);
  } catch {
    // Whatever stands between us and the store answered in another language.
  }
  const error = new Error(said.message ?? said.Message ?? `HTTP ${status}`);
  error.name = said.__type?.split('#').at(-1) ?? (status < 500 ? 'RequestRefused' : 'InternalServerError');
  return error;
}
