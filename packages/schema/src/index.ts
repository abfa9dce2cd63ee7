/** LiveInsight's wire format: what a tracker may send, what a collector answers, and the limits of both. */
export * from './alerts.js';
export * from './batch.js';
export {
  BOT_CATEGORIES,
  BOT_REASONS,
  type BotCategory,
  type BotReason,
  TRAFFIC,
  type Traffic,
} from './bots.js';
export { CLICK_IDS, type ClickId } from './click-ids.js';
export { CURRENCIES } from './currencies.js';
export * from './data-api.js';
export * from './event.js';
export {
  EXCLUDED_BY,
  type ExcludedBy,
  ExclusionInputSchema,
  MAX_EXCLUSION_CHARS,
} from './exclusions.js';
export * from './goals.js';
export * from './import-line.js';
export { INSTANT_FORM, parseDate, parseInstant } from './instant.js';
export * from './issue.js';
export * from './limits.js';
export { LOCATION_SOURCES, type LocationSource } from './location.js';
export * from './page-groups.js';
export { type ParsedBatch, parseBatch, parseBatchText } from './parse-batch.js';
export type { ParsedEvents, ParseOptions, RepeatedEvent } from './parse-event.js';
export {
  definePlan,
  type Events,
  findPlanDifferences,
  isTrackingPlan,
  type PlanDifference,
  type PlanDifferenceCode,
  type PlannedEvent,
  type TrackingPlan,
} from './plan.js';
export { type Props, PropsSchema, type PropValue } from './props.js';
export * from './read/attribution.js';
export * from './read/cohorts.js';
export * from './read/experiment.js';
export * from './read/plan.js';
export * from './read/properties.js';
export * from './read/realtime.js';
export * from './read/rejections.js';
export * from './read/revenue.js';
export * from './read/session-sorts.js';
export * from './read/sessions.js';
export * from './read/sites.js';
export * from './read/stats.js';
export * from './read/stats-words.js';
export * from './read/status.js';
export * from './read/value-groups.js';
export * from './read/ways.js';
export * from './read/web-vitals.js';
export {
  type CodedNote,
  CodedNoteSchema,
  type Instant,
  InstantSchema,
  NOTE_CODES,
  type NoteCode,
  type SampleInfo,
  SampleInfoSchema,
} from './read/words.js';
export * from './reply.js';
export * from './saved-segments.js';
export * from './settings.js';
export type { StandardSchema } from './standard-schema.js';
export { type BrowserRequest, readVisit, type Visit } from './visit.js';
