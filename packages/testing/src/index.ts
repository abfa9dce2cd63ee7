/** LiveInsight for tests: a collector in memory that shows what it has stored. */
export type { ExpectationOptions } from './expectation.js';
export { type Insight, type InsightOptions, startInsight } from './insight.js';
export type { ExpectedValues } from './match-event.js';
export type { RecordedEvent } from './recording.js';
