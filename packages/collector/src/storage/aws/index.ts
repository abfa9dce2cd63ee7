/** Signed calls of AWS's JSON services without its SDK, as the store makes them: for what stands beside it in a deployment. */

export { type AwsClient, awsClient, type WatchedConnectionOptions } from './client.js';
export { readFlag, toEndpoint } from './endpoint.js';
export { errorCode, isTransient } from './errors.js';
export type { ConnectionOptions } from './resolve-endpoint.js';
export { retryTransient } from './retry.js';
export type { AwsService } from './service.js';
export { authorizer, type CanonicalRequest, type Credentials, type Scope, toAmzDate } from './signature.js';
export type { Driver, Transport, WireReply, WireRequest } from './transport.js';
