/** The SDK's clients that the store makes where none is given. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { renewing } from '../../aws/renewing.js';
import { type ConnectionOptions, knownPlace } from '../../aws/resolve-endpoint.js';
import type { Driver } from '../../aws/transport.js';
import { DYNAMODB } from '../service.js';
import { sdkDriver } from './driver.js';

export function ownSdkDriver(options: ConnectionOptions): Driver {
  const { region, credentials } = knownPlace(DYNAMODB, options);
  const client = withoutWarning(
    () =>
      new DynamoDBClient({
        // The store repeats a write itself, with a new time of arrival.
        maxAttempts: 1,
        ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
        ...(region === undefined ? {} : { region }),
        ...(credentials === undefined ? {} : { credentials: renewed(credentials) }),
      }),
  );
  return { ...sdkDriver(DynamoDBDocumentClient.from(client)), close: () => client.destroy() };
}

/** The SDK alone would use no credentials in their last five minutes where there are no others yet. */
function renewed(given: NonNullable<ConnectionOptions['credentials']>) {
  const current = renewing(given);
  return async () => current(Date.now());
}

const NO_WARNING = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

/** The SDK warns of the next version of Node that it will need, once a process: nothing that a user of the store can act on. */
function withoutWarning<Made>(make: () => Made): Made {
  const before = process.env[NO_WARNING];
  process.env[NO_WARNING] = 'true';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[NO_WARNING];
    else process.env[NO_WARNING] = before;
  }
}
