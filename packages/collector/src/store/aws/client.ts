/** Calls of a service: JSON in and out, its refusals named as its API names them. */
import { type ConnectionOptions, findPlace } from './place.js';
import type { AwsService } from './service.js';
import { type HttpTransport, httpTransport, type Transport, type WireReply } from './transport.js';

export interface WatchedConnectionOptions extends ConnectionOptions {
  /** Goes around each request, to trace or meter it, or to break it in a test. Default: none. */
  middleware?: (next: Transport) => Transport;
}

export interface AwsClient {
  /**
   * Sends one request as prepared JSON, once, signed as of `nowMs`. Rejects with what the service answered, or why
   * there is no answer; `onDate` hears of the service's clock in both.
   */
  call<Reply>(
    operation: string,
    body: string,
    nowMs: number,
    onDate?: (date: string | undefined) => void,
  ): Promise<Reply>;
  close(): void;
}

/** Nothing is asked before the first call. */
export function awsClient(
  service: AwsService,
  { middleware = (next) => next, ...options }: WatchedConnectionOptions = {},
): AwsClient {
  let http: HttpTransport | undefined;
  let opened: Promise<Transport> | undefined;

  /** At the first call; anew at the next where the place could not be found. */
  function open(): Promise<Transport> {
    opened ??= findPlace(service, options)
      .then((place) => {
        http = httpTransport(service, place);
        return middleware(http.send);
      })
      .catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
    return opened;
  }

  return {
    async call<Reply>(operation: string, body: string, nowMs: number, onDate?: (date?: string) => void) {
      const send = await open();
      const reply = await send({ operation, body }, nowMs);
      onDate?.(reply.date);
      if (reply.status !== 200) throw refusal(reply);
      return JSON.parse(reply.body) as Reply;
    },
    close: () => http?.close(),
  };
}

/** The service's refusal, named as its API names it. */
function refusal({ status, body }: WireReply): Error {
  let said: { __type?: string; message?: string; Message?: string } = {};
  try {
    said = JSON.parse(body);
  } catch {
    // Whatever stands between us and the service answered in another language.
  }
  const error = new Error(said.message ?? said.Message ?? `HTTP ${status}`);
  error.name = said.__type?.split('#').at(-1) ?? (status < 500 ? 'RequestRefused' : 'InternalServerError');
  return error;
}
