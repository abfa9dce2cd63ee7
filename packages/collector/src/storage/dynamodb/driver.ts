/** Which driver carries the store's requests: the one given, one on the client given, or one on a client of its own. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { OptionsError } from '../../errors.js';
import type { ConnectionOptions } from '../aws/resolve-endpoint.js';
import type { Driver, Transport } from '../aws/transport.js';

export interface DriverOptions extends ConnectionOptions {
  /**
   * A client of the AWS SDK, with its region, endpoint, credentials, proxy, retries and middleware. It stays open when
   * the store is closed. Default: one that the store makes of `region`, `endpoint` and `credentials`.
   */
  client?: DynamoDBDocumentClient | DynamoDBClient;
  /** Carries the requests in place of the SDK, as `lean()` of `@liveinsight/collector/lean` does. Default: the SDK. */
  driver?: Driver;
  /** Goes around each request, to trace or meter it, or to break it in a test. Default: none. */
  middleware?: (next: Transport) => Transport;
}

/** Throws where options are given that the client or the driver would ignore. */
export function toDriver({ client, driver, region, endpoint, credentials }: DriverOptions): Driver {
  const own = Object.entries({ region, endpoint, credentials }).filter(([, value]) => value !== undefined);
  const given = Object.entries({ client, driver }).filter(([, value]) => value !== undefined);
  const [first, second] = [...given, ...own];
  if (given.length > 0 && first && second) {
    throw new OptionsError(
      `"${second[0]}" can't be given with "${first[0]}": ${given.length > 1 ? 'give one of them' : `set it where the ${first[0]} is made`}`,
    );
  }
  if (driver) return driver;
  return lazily(async () =>
    client
      ? (await import('./sdk/driver.js')).sdkDriver(client)
      : (await import('./sdk/own-client.js')).ownSdkDriver({
          ...(region === undefined ? {} : { region }),
          ...(endpoint === undefined ? {} : { endpoint }),
          ...(credentials === undefined ? {} : { credentials }),
        }),
  );
}

/** The SDK is loaded at the first request, so that a store on another driver never loads it. */
function lazily(open: () => Promise<Driver>): Driver {
  let opened: Driver | undefined;
  let opening: Promise<Driver> | undefined;

  async function first(): Promise<Driver> {
    try {
      opened = await open();
      return opened;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }

  return {
    async send(request, nowMs) {
      opening ??= first();
      return (opened ?? (await opening)).send(request, nowMs);
    },
    close: () => opened?.close(),
  };
}
