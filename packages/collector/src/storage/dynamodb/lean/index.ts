/** The lean driver: signs requests itself, for functions where the SDK's import and CPU time count. */
import type { ConnectionOptions } from '../../aws/resolve-endpoint.js';
import { signedDriver } from '../../aws/signed-driver.js';
import type { Driver } from '../../aws/transport.js';
import { DYNAMODB } from '../service.js';

export type { ConnectionOptions } from '../../aws/resolve-endpoint.js';
export type { Credentials } from '../../aws/signature.js';
export type { Driver, Transport, WireReply, WireRequest } from '../../aws/transport.js';

/** For `dynamoStore({ driver: lean() })`. Loads the SDK only to look for credentials that the environment does not have. */
export const lean = (options: ConnectionOptions = {}): Driver => signedDriver(DYNAMODB, options);
