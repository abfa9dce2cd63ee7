/** LiveInsight's store on DynamoDB. */
export type { LateLanding } from './clock.js';
export type { WatchedConnectionOptions } from './connection.js';
export type { ConnectionOptions } from './place.js';
export type { Credentials } from './sign.js';
export { type DynamoStoreOptions, dynamoStore } from './store.js';
export type { TableNames } from './table-names.js';
export { checkTables, createTables, type TableReport } from './tables.js';
export type { Operation, Transport, WireReply, WireRequest } from './transport.js';
