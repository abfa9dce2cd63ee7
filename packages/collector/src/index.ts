/** LiveInsight's collector: takes batches of events, stores each once, answers what happened. */
export type { CollectorReply, CollectorRequest, Connection } from './http/request.js';
export { BodyTooLargeError } from './http/request.js';
export type { AssetFiles, CollectorOptions, ReadKey, ShardStep, Site } from './options.js';
export type * from './store/store.js';
export { StoreUnavailableError } from './store/store.js';
