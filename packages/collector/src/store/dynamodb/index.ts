/** LiveInsight's store on DynamoDB. */
export type { LateLanding } from './clock.js';
export type { ConnectionOptions } from './connection.js';
export { type DynamoStoreOptions, dynamoStore } from './store.js';
export type { TableNames } from './table-names.js';
export { checkTables, createTables, type TableReport } from './tables.js';
