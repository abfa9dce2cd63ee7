/** LiveInsight's collector: takes batches of events, stores each once, answers what happened. */
export { type Collector, createCollector } from './collector.js';
export { OptionsError } from './errors.js';
export type { OverBudgetReport } from './events/over-budget.js';
export type { CollectorReply, CollectorRequest, Connection } from './http/request.js';
export { BodyTooLargeError } from './http/request.js';
export type { Track, TrackedEvent, TrackedRequest, TrackSource } from './ingest/track.js';
export type { LiveListener } from './live/site-feeds.js';
export type {
  AssetFiles,
  CollectorOptions,
  CommonOptions,
  ExcludedReport,
  KnownLocation,
  LocationLookup,
  LocationPlatform,
  PortOptions,
  ReadKey,
  ShardStep,
  Site,
} from './options.js';
export { optionsFromEnvironment } from './options-from-env.js';
export type { RollupFailure } from './rollup/rollup-context.js';
export { RoundError } from './rollup/round-error.js';
export type { Arrival } from './storage/arrival.js';
export type * from './storage/event-store.js';
export { InvalidCursorError, StoreUnavailableError } from './storage/event-store.js';
export type * from './storage/rollup-store.js';
export type { SaltStore } from './storage/salt-store.js';
export type * from './storage/segment-store.js';
export type * from './storage/settings-store.js';
export type { StoreFailure } from './storage/store-failure.js';
export type { StoreParts } from './storage/store-parts.js';
export type { TailReport } from './tail/tails.js';
