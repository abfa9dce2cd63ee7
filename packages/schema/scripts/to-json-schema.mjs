/** Our valibot schemas as JSON Schema 2020-12, which is also what OpenAPI 3.1 speaks. */
import * as schema from '@liveinsight/schema';
import { toJsonSchemaDefs } from '@valibot/to-json-schema';

/** @typedef {import('@valibot/to-json-schema').JsonSchema} JsonSchema */
/** @typedef {Record<string, import('valibot').GenericSchema>} Named */

/** What a sender says. */
export const WIRE = {
  Batch: schema.BatchSchema,
  BareEvent: schema.BareEventSchema,
  Event: schema.EventSchema,
  PageView: schema.PageViewSchema,
  Click: schema.ClickSchema,
  Conversion: schema.ConversionSchema,
  Heartbeat: schema.HeartbeatSchema,
  PageExit: schema.PageExitSchema,
  Scroll: schema.ScrollSchema,
  FormSubmit: schema.FormSubmitSchema,
  Custom: schema.CustomSchema,
  Session: schema.SessionSchema,
  Utm: schema.UtmSchema,
  Props: schema.PropsSchema,
  Context: schema.ContextSchema,
  Dropped: schema.DroppedSchema,
};

/** What a collector answers. */
export const REPLIES = {
  IngestData: schema.IngestDataSchema,
  RejectedEvent: schema.RejectedEventSchema,
  Issue: schema.IssueSchema,
  ErrorReply: schema.ErrorReplySchema,
  RealtimeData: schema.RealtimeDataSchema,
  ActiveSession: schema.ActiveSessionSchema,
  StreamEvent: schema.StreamEventSchema,
  ValueCount: schema.ValueCountSchema,
  EventBucket: schema.EventBucketSchema,
  SessionSummary: schema.SessionSummarySchema,
  SessionsData: schema.SessionsDataSchema,
  SortedOver: schema.SortedOverSchema,
  CodedNote: schema.CodedNoteSchema,
  PlanData: schema.PlanDataSchema,
  PlanDeviation: schema.PlanDeviationSchema,
  RejectionsData: schema.RejectionsDataSchema,
  Rejection: schema.RejectionSchema,
  UserSessionsData: schema.UserSessionsDataSchema,
  TimelineEvent: schema.TimelineEventSchema,
  SessionTimeline: schema.SessionTimelineSchema,
  StatsData: schema.StatsDataSchema,
  Totals: schema.TotalsSchema,
  SeriesPoint: schema.SeriesPointSchema,
  BreakdownRow: schema.BreakdownRowSchema,
  PageFlow: schema.PageFlowSchema,
  JourneyPage: schema.JourneyPageSchema,
  JourneysData: schema.JourneysDataSchema,
  ClickCount: schema.ClickCountSchema,
  ClickMapData: schema.ClickMapDataSchema,
  PagePoint: schema.PagePointSchema,
  Neighbour: schema.NeighbourSchema,
  PageData: schema.PageDataSchema,
  FunnelStep: schema.FunnelStepSchema,
  FunnelData: schema.FunnelDataSchema,
  Cohort: schema.CohortSchema,
  RetentionData: schema.RetentionDataSchema,
  PropertiesData: schema.PropertiesDataSchema,
  AttributionData: schema.AttributionDataSchema,
  AttributionRow: schema.AttributionRowSchema,
  AttributionCredit: schema.AttributionCreditSchema,
  RevenueData: schema.RevenueDataSchema,
  RevenueRow: schema.RevenueRowSchema,
  RevenueAmount: schema.RevenueAmountSchema,
  ErrorsData: schema.ErrorsDataSchema,
  ErrorGroup: schema.ErrorGroupSchema,
  ErrorRelease: schema.ErrorReleaseSchema,
  ActionsData: schema.ActionsDataSchema,
  ActionRow: schema.ActionRowSchema,
  EventPage: schema.EventPageSchema,
  WebVitalsData: schema.WebVitalsDataSchema,
  WebVitalsRow: schema.WebVitalsRowSchema,
  WebVital: schema.WebVitalSchema,
  ExperimentData: schema.ExperimentDataSchema,
  ExperimentVariant: schema.ExperimentVariantSchema,
  RateDifference: schema.RateDifferenceSchema,
  RecentEventsData: schema.RecentEventsDataSchema,
  SitesData: schema.SitesDataSchema,
  SiteInfo: schema.SiteInfoSchema,
  StatusData: schema.StatusDataSchema,
  TailStatus: schema.TailStatusSchema,
  ImportData: schema.ImportDataSchema,
  RefusedLine: schema.RefusedLineSchema,
  ErasureData: schema.ErasureDataSchema,
  RemovedValuesData: schema.RemovedValuesDataSchema,
};

/** Settings as they are sent and as they are stored, and the lines of an import. */
export const SETTINGS = {
  ImportFields: schema.ImportFieldsSchema,
  AnnotationsData: schema.AnnotationsDataSchema,
  Annotation: schema.AnnotationSchema,
  AnnotationInput: schema.AnnotationInputSchema,
  FunnelsData: schema.FunnelsDataSchema,
  Funnel: schema.FunnelSchema,
  FunnelInput: schema.FunnelInputSchema,
  SavedFunnelStep: schema.SavedFunnelStepSchema,
  ExclusionsData: schema.ExclusionsDataSchema,
  Exclusion: schema.ExclusionSchema,
  ExclusionInput: schema.ExclusionInputSchema,
  ExclusionLink: schema.ExclusionLinkSchema,
  SavedSegmentsData: schema.SavedSegmentsDataSchema,
  SavedSegment: schema.SavedSegmentSchema,
  SavedSegmentInput: schema.SavedSegmentInputSchema,
  PageGroupsData: schema.PageGroupsDataSchema,
  PageGroup: schema.PageGroupSchema,
  PageGroupInput: schema.PageGroupInputSchema,
  GoalsData: schema.GoalsDataSchema,
  Goal: schema.GoalSchema,
  GoalInput: schema.GoalInputSchema,
  AlertsData: schema.AlertsDataSchema,
  Alert: schema.AlertSchema,
  AlertInput: schema.AlertInputSchema,
  AlertState: schema.AlertStateSchema,
  AlertDelivery: schema.AlertDeliverySchema,
  AlertMessage: schema.AlertMessageSchema,
};

/**
 * @param {Named} schemas
 * @param {string} place where the definitions will stand, as `#/$defs/`
 * @returns {Record<string, JsonSchema>}
 */
export function definitions(schemas, place) {
  const found = /** @type {Record<string, JsonSchema>} */ (
    toJsonSchemaDefs(schemas, {
      target: 'draft-2020-12',
      // Of `pipe(jsonObject, object(…))`, the second.
      typeMode: 'output',
      overrideRef: ({ referenceId }) => `${place}${referenceId}`,
      // What these check is said by metadata beside them, or by `propsLevels`.
      ignoreActions: ['check', 'partial_check', 'raw_check', 'finite', 'transform'],
      overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? {} : undefined),
    })
  );
  Object.assign(found, propsLevels(place));
  for (const [name, definition] of Object.entries(found)) definition.title = name;
  // With `events` it would be a batch.
  if (found.BareEvent) Object.assign(found.BareEvent, { type: 'object', properties: { events: false } });
  return found;
}

/**
 * JSON Schema can't count levels, so each is written out. Nor can it count over levels, which the description says.
 * @param {string} place
 * @returns {Record<string, JsonSchema>}
 */
function propsLevels(place) {
  const levels = Array.from({ length: schema.MAX_PROPS_DEPTH }, (_, index) => index + 1);
  const name = (/** @type {number} */ level) => (level === 1 ? 'Props' : `PropsLevel${level}`);
  return Object.fromEntries(
    levels.map((level) => {
      /** @type {JsonSchema[]} */
      const values = [
        { type: 'string', maxLength: schema.MAX_PROP_CHARS },
        { type: 'number' },
        { type: 'boolean' },
        { type: 'null' },
      ];
      if (level < levels.length) values.push({ $ref: `${place}${name(level + 1)}` });
      const value = { anyOf: values };
      return [
        name(level),
        {
          type: level === 1 ? 'object' : ['object', 'array'],
          maxProperties: schema.MAX_PROPS,
          propertyNames: { maxLength: schema.MAX_NAME_CHARS, not: { const: '__proto__' } },
          additionalProperties: value,
          ...(level > 1 && { maxItems: schema.MAX_PROPS, items: value }),
          description:
            level === 1
              ? `Properties of your own: at most ${schema.MAX_PROPS} properties and list items over all levels.`
              : `An object or list within properties, on level ${level} of ${levels.length}.`,
        },
      ];
    }),
  );
}
