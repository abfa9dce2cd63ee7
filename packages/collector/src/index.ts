/** LiveInsight's collector: takes batches of events, stores each once, answers what happened. */
export { type Collector, createCollector } from './collector.js';
export { optionsFromEnvironment } from './environment.js';
export { OptionsError } from './errors.js';
export type { CollectorReply, CollectorRequest, Connection } from './http/request.js';
export { BodyTooLargeError } from './http/request.js';
export type { Unstored } from './ingest/unstored.js';
export type { Arrival } from './live/arrival.js';
export type { LiveListener } from './live/watches.js';
export type { AssetFiles, CollectorOptions, ReadKey, ShardStep, Site } from './options.js';
export type { OverBudgetReport, RollupFailure } from './rollup/context.js';
export { RoundError } from './rollup/round-error.js';
export type { SaltStore } from './store/salt-store.js';
export type * from './store/store.js';
export { NoSuchPlaceError, StoreUnavailableError } from './store/store.js';
