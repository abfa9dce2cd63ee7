/** What people set on the dashboard: annotations, alert rules, saved funnels, goals, saved segments, page groups. */
import * as v from 'valibot';
import { AlertInputSchema, AlertStateSchema } from './alerts.js';
import { describe, issue } from './describe-issue.js';
import { ExclusionInputSchema } from './exclusions.js';
import { filledText, integerWithin, isJsonObject, optionalField } from './fields.js';
import { type GoalInput, GoalInputSchema } from './goals.js';
import { INSTANT_FORM, parseInstant } from './instant.js';
import type { Issue } from './issue.js';
import { MAX_NAME_CHARS, MAX_URL_CHARS } from './limits.js';
import { type PageGroupInput, PageGroupInputSchema } from './page-groups.js';
import { InstantSchema } from './read/words.js';
import { type SavedSegmentInput, SavedSegmentInputSchema } from './saved-segments.js';

/** Characters of an annotation. */
export const MAX_ANNOTATION_CHARS = 500;
/** Steps of a funnel. */
export const MAX_FUNNEL_STEPS = 10;
/** Seconds within which a step may be asked to follow: 30 days. */
export const MAX_STEP_SECONDS = 2_592_000;
/** Unknown keys that are named at a time. */
const MAX_UNKNOWN_KEYS = 10;

const name = v.pipe(filledText(MAX_NAME_CHARS), v.description('For people.'));

export const AnnotationInputSchema = v.pipe(
  v.object({
    at: v.pipe(
      v.string('must be a string'),
      v.check((text) => parseInstant(text) !== undefined, `must be ${INSTANT_FORM}`),
      v.transform((text) => new Date(text).toISOString()),
      v.description('When it was: an ISO 8601 instant.'),
    ),
    text: v.pipe(filledText(MAX_ANNOTATION_CHARS), v.description('What it was, as `release 2.1`.')),
  }),
  v.description('A note on a moment, as of a release.'),
);

export const SavedFunnelStepSchema = v.pipe(
  v.object({
    page: optionalField(filledText(MAX_URL_CHARS), 'Path of the page that is viewed.'),
    event: optionalField(
      filledText(MAX_NAME_CHARS),
      'Event type, name of a custom event, or conversion type.',
    ),
    within_s: optionalField(integerWithin(1, MAX_STEP_SECONDS), 'Seconds after the step before, at most.'),
  }),
  v.check(
    ({ page, event }) => (page === undefined) !== (event === undefined),
    'must have either page or event',
  ),
  v.description('A step: a page that is viewed, or an event.'),
);

export const FunnelInputSchema = v.pipe(
  v.object({
    name,
    steps: v.pipe(
      v.array(SavedFunnelStepSchema, 'must be a list'),
      v.minLength(2, 'must have at least 2 steps'),
      v.maxLength(MAX_FUNNEL_STEPS, `must have at most ${MAX_FUNNEL_STEPS} steps`),
      v.description('In order.'),
    ),
  }),
  v.description('Steps that visitors take one after another.'),
);

const storedFields = {
  id: v.pipe(v.string(), v.description('Of the collector’s making; may stand in a shared link.')),
  version: v.pipe(v.number(), v.integer(), v.minValue(1), v.description('Counts the changes.')),
  updated_at: InstantSchema,
};

export const AnnotationSchema = v.object({ ...storedFields, at: InstantSchema, text: v.string() });
export type Annotation = v.InferOutput<typeof AnnotationSchema>;
export const FunnelSchema = v.object({ ...storedFields, ...FunnelInputSchema.entries });
export type Funnel = v.InferOutput<typeof FunnelSchema>;
export const GoalSchema = v.object({ ...storedFields, ...GoalInputSchema.entries });
export type Goal = v.InferOutput<typeof GoalSchema>;
export const AlertSchema = v.object({
  ...storedFields,
  ...AlertInputSchema.entries,
  signing_secret: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('What messages to the webhook are signed with. Shown to admin keys alone.'),
    ),
  ),
  state: v.exactOptional(
    v.pipe(AlertStateSchema, v.description('Absent before it was checked for the first time.')),
  ),
});
export type Alert = v.InferOutput<typeof AlertSchema>;

export const ExclusionSchema = v.object({ ...storedFields, ...ExclusionInputSchema.entries });
export type Exclusion = v.InferOutput<typeof ExclusionSchema>;

export const AnnotationsDataSchema = v.object({ annotations: v.array(AnnotationSchema) });
export type AnnotationsData = v.InferOutput<typeof AnnotationsDataSchema>;
export const FunnelsDataSchema = v.object({ funnels: v.array(FunnelSchema) });
export type FunnelsData = v.InferOutput<typeof FunnelsDataSchema>;
export const ExclusionsDataSchema = v.object({ exclusions: v.array(ExclusionSchema) });
export type ExclusionsData = v.InferOutput<typeof ExclusionsDataSchema>;
export const ExclusionLinkSchema = v.pipe(
  v.object({
    parameters: v.pipe(
      v.string(),
      v.description('To be added to the address of a page of the site, after `?`.'),
    ),
    expires_at: InstantSchema,
  }),
  v.description('A link that leaves out the browser that opens it.'),
);
export type ExclusionLink = v.InferOutput<typeof ExclusionLinkSchema>;
export const GoalsDataSchema = v.object({ goals: v.array(GoalSchema) });
export type GoalsData = v.InferOutput<typeof GoalsDataSchema>;
export const SavedSegmentSchema = v.object({ ...storedFields, ...SavedSegmentInputSchema.entries });
export type SavedSegment = v.InferOutput<typeof SavedSegmentSchema>;
export const SavedSegmentsDataSchema = v.object({ segments: v.array(SavedSegmentSchema) });
export type SavedSegmentsData = v.InferOutput<typeof SavedSegmentsDataSchema>;
export const PageGroupSchema = v.object({ ...storedFields, ...PageGroupInputSchema.entries });
export type PageGroup = v.InferOutput<typeof PageGroupSchema>;
export const PageGroupsDataSchema = v.object({ page_groups: v.array(PageGroupSchema) });
export type PageGroupsData = v.InferOutput<typeof PageGroupsDataSchema>;
export const AlertsDataSchema = v.object({ alerts: v.array(AlertSchema) });
export type AlertsData = v.InferOutput<typeof AlertsDataSchema>;

const INPUTS = {
  annotation: AnnotationInputSchema,
  funnel: FunnelInputSchema,
  alert: AlertInputSchema,
  exclusion: ExclusionInputSchema,
  goal: GoalInputSchema,
  page_group: PageGroupInputSchema,
  saved_segment: SavedSegmentInputSchema,
} as const;

/** What is wanted of a kind of setting. */
export interface SettingInputs {
  annotation: v.InferOutput<typeof AnnotationInputSchema>;
  funnel: v.InferOutput<typeof FunnelInputSchema>;
  alert: v.InferOutput<typeof AlertInputSchema>;
  exclusion: v.InferOutput<typeof ExclusionInputSchema>;
  goal: GoalInput;
  page_group: PageGroupInput;
  saved_segment: SavedSegmentInput;
}
export type SettingKindName = keyof SettingInputs;

export type ParsedSetting =
  | {
      ok: true;
      value: SettingInputs[SettingKindName];
      /** The version that is to be replaced, where the sender says it. */
      version?: number;
    }
  | { ok: false; issues: [Issue, ...Issue[]] };

/** Reads a request's text as a setting of that kind. Never throws. */
export function parseSetting(kind: SettingKindName, text: string): ParsedSetting {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, issues: [issue('invalid_json', '', 'the body is not JSON')] };
  }
  if (!isJsonObject(value))
    return { ok: false, issues: [issue('invalid_body', '', 'the body must be an object')] };
  const [unknown, ...others] = unknownKeys(kind, value);
  if (unknown) return { ok: false, issues: [unknown, ...others] };
  const parsed = v.safeParse(INPUTS[kind], value, { abortPipeEarly: true });
  const version = v.safeParse(VersionSchema, value);
  if (!parsed.success || !version.success) {
    const [first, ...more] = [...(parsed.issues ?? []), ...(version.issues ?? [])].map(describe);
    return { ok: false, issues: [first ?? issue('invalid_body', '', 'the body is wrong'), ...more] };
  }
  return { ok: true, value: parsed.output, ...version.output };
}

/** What the collector adds: somebody who changes what was read sends it back. */
const OWN_KEYS = [...Object.keys(storedFields), 'signing_secret', 'state'];

/** Names that valibot leaves out of a record: a goal would silently ask for less. */
const RESERVED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/** A misspelt key would be a setting that silently does something else, as an alert without its webhook. */
function unknownKeys(kind: SettingKindName, value: Record<string, unknown>): Issue[] {
  const steps: unknown[] = kind === 'funnel' && Array.isArray(value.steps) ? value.steps : [];
  const records = { properties: value.properties, filters: value.filters };
  return [
    ...unknownIn(value, Object.keys(INPUTS[kind].entries), OWN_KEYS, ''),
    ...Object.entries(records).flatMap(([name, record]) =>
      Object.keys(isJsonObject(record) ? record : {})
        .filter((key) => RESERVED_KEYS.has(key))
        .map((key) => issue('invalid_value', `${name}.${key}`, 'is a name that can’t be asked for')),
    ),
    ...steps
      .slice(0, MAX_FUNNEL_STEPS)
      .flatMap((step, index) =>
        isJsonObject(step)
          ? unknownIn(step, Object.keys(SavedFunnelStepSchema.entries), [], `steps.${index}.`)
          : [],
      ),
  ];
}

function unknownIn(
  value: Record<string, unknown>,
  known: string[],
  ignored: readonly string[],
  prefix: string,
): Issue[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key) && !ignored.includes(key))
    .slice(0, MAX_UNKNOWN_KEYS)
    .map((key) => issue('invalid_value', `${prefix}${key}`, `is unknown (allowed: ${known.join(', ')})`));
}

const VersionSchema = v.object({ version: v.exactOptional(integerWithin(1, Number.MAX_SAFE_INTEGER)) });
