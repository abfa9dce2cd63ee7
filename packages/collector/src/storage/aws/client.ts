/** Calls of a service: JSON in and out, its refusals named as its API names them. */
import type { ConnectionOptions } from './resolve-endpoint.js';
import type { AwsService } from './service.js';
import { signedDriver } from './signed-driver.js';
import type { Driver, Transport, WireReply } from './transport.js';

export interface WatchedConnectionOptions extends ConnectionOptions {
  /** Goes around each request, to trace or meter it, or to break it in a test. Default: none. */
  middleware?: (next: Transport) => Transport;
}

export interface AwsClient {
  /**
   * Sends one request as prepared JSON, once. Rejects with what the service answered, or why there is no answer;
   * `onDate` hears of the service's clock in both. Signed as of `nowMs`; the default is this machine's clock, corrected
   * by the service's where they differ by more than a signature may.
   */
  call<Reply>(
    operation: string,
    body: string,
    nowMs?: number,
    onDate?: (date: string | undefined) => void,
  ): Promise<Reply>;
  close(): void;
}

/** What services answer to a signature of a wrong time, among other things. */
const OF_A_WRONG_CLOCK = new Set([
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);
/** AWS lets clocks be 5 minutes off; no network takes so long as to look like a minute. */
const SKEW_MS = 60_000;

/** A client of our own signed connection. Sends nothing before the first call. */
export function awsClient(
  service: AwsService,
  { middleware, ...options }: WatchedConnectionOptions = {},
): AwsClient {
  return clientOn(signedDriver(service, options), middleware);
}

/** A client of any driver: the same names for errors, whatever carries the requests. */
export function clientOn(
  driver: Driver,
  middleware: (next: Transport) => Transport = (next) => next,
): AwsClient {
  const send = middleware(driver.send);
  /** How far this machine's clock is behind the service's, where that is more than `SKEW_MS`. */
  let behindMs = 0;

  return {
    async call<Reply>(
      operation: string,
      body: string,
      nowMs: number = Date.now() + behindMs,
      onDate?: (date?: string) => void,
    ) {
      const reply = await send({ operation, body }, nowMs);
      onDate?.(reply.date);
      behindMs = getSkew(reply.date, Date.now());
      if (reply.status === 200) return parse<Reply>(reply.body);
      const error = serviceError(reply);
      throw OF_A_WRONG_CLOCK.has(error.name)
        ? (clockSkewed(getSkew(reply.date, nowMs), error) ?? error)
        : error;
    },
    close: () => driver.close(),
  };
}

function parse<Reply>(body: string): Reply {
  try {
    return JSON.parse(body) as Reply;
  } catch (cause) {
    const message = 'the reply is not JSON: something between here and the service answered, or cut it';
    throw Object.assign(new Error(message, { cause }), { name: 'UnreadableReply' });
  }
}

/** The service's error, named as its API names it. */
export function serviceError({ status, body, mayBeRepeated }: WireReply): Error {
  let details: { __type?: string; message?: string; Message?: string } | null = {};
  try {
    details = JSON.parse(body);
  } catch {
    // A proxy returned a body that is not JSON.
  }
  const error = new Error(details?.message ?? details?.Message ?? `HTTP ${status}`);
  error.name = details?.__type?.split('#').at(-1) ?? toStatusName(status);
  return mayBeRepeated ? Object.assign(error, { mayBeRepeated }) : error;
}

function toStatusName(status: number): string {
  if (status === 429) return 'ThrottlingException';
  return status < 500 ? 'RequestRefused' : 'InternalServerError';
}

/** How far a clock is behind a `Date` header; 0 where that is little enough, or there is none. */
function getSkew(date: string | undefined, nowMs: number): number {
  const skew = date === undefined ? Number.NaN : Date.parse(date) - nowMs;
  return Math.abs(skew) > SKEW_MS ? skew : 0;
}

function clockSkewed(skewMs: number, cause: Error): Error | undefined {
  if (skewMs === 0) return undefined;
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  const message = `this machine’s clock is ${minutes} minutes ${skewMs > 0 ? 'slow' : 'fast'}: set it`;
  return Object.assign(new Error(message, { cause }), { name: 'ClockSkewed' });
}
