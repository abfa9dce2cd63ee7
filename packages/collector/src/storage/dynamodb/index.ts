/** LiveInsight's store on DynamoDB. */

export type { ConnectionOptions } from '../aws/resolve-endpoint.js';
export type { Credentials } from '../aws/signature.js';
export type { Driver, Transport, WireReply, WireRequest } from '../aws/transport.js';
export type { DelayedWrite } from './clock.js';
export type { DriverOptions } from './driver.js';
export { type DynamoStoreOptions, dynamoStore } from './store.js';
export type { TableNames } from './table-names.js';
export { checkTables, createTables, type TableReport } from './tables.js';
