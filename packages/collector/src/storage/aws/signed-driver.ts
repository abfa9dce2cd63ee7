/** Our own connection to a service: signed requests over `node:http`, without the SDK. */
import { type ConnectionOptions, findPlace } from './resolve-endpoint.js';
import type { AwsService } from './service.js';
import { type Driver, httpTransport } from './transport.js';

/** Looks for endpoint, region and credentials at the first request; again at the next where they were not found. */
export function signedDriver(service: AwsService, options: ConnectionOptions = {}): Driver {
  let http: Driver | undefined;
  let opening: Promise<Driver> | undefined;

  function open(): Promise<Driver> {
    opening ??= findPlace(service, options)
      .then((place) => {
        http = httpTransport(service, place);
        return http;
      })
      .catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
    return opening;
  }

  return {
    send: async (request, nowMs) => (http ?? (await open())).send(request, nowMs),
    close: () => http?.close(),
  };
}
