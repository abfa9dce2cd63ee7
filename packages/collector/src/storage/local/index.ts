/** Databases that run on this machine, without an account: for development, tests and benchmarks. */
export { type Dynalite, type DynaliteOptions, startDynalite } from './dynalite.js';
export { type DynamoDbLocal, startDynamoDbLocal } from './dynamodb-local.js';
