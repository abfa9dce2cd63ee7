/** Checks that the filters and goals of a setting can be used in a query. */
import {
  FILTER_FIELDS,
  type GoalInput,
  type SavedSegmentInput,
  type SettingInputs,
  type SettingKindName as SettingKind,
} from '@liveinsight/schema';
import { ApiError, validationError } from '../errors.js';
import { PROPERTY_PARAMETER, rejectUnknown } from '../http/query-params.js';
import { type Definitions, toFilterParameters } from '../query/definitions.js';
import { toGoal } from '../query/goal.js';
import { readSaved } from '../query/read-filters.js';

/** Without `segment`: a segment is no part of another. */
const SAVED_FILTERS: ReadonlySet<string> = new Set([...FILTER_FIELDS, PROPERTY_PARAMETER, 'reached']);

/** @throws ApiError that names the field that is wrong */
export async function checkDefinition(
  kind: SettingKind,
  value: SettingInputs[SettingKind],
  definitions: Definitions,
): Promise<void> {
  try {
    if (kind === 'saved_segment')
      await checkFilters(toFilterParameters(value as SavedSegmentInput), definitions);
    if (kind === 'goal') toGoal('', value as GoalInput);
    if ('goal' in value && value.goal !== undefined) await definitions.goal(value.goal, 'goal');
  } catch (error) {
    throw error instanceof ApiError ? ofField(error, kind) : error;
  }
}

/** Names the field of the setting in place of the query's parameter. */
function ofField(error: ApiError, kind: SettingKind): ApiError {
  const [issue] = error.issues;
  if (!issue) return error;
  const path =
    kind === 'saved_segment' ? `filters.${issue.path}` : issue.path.replace(/^prop:/, 'properties.');
  const message = issue.message.replace(issue.path, path);
  return validationError({ code: 'invalid_value', path, message });
}

async function checkFilters(filters: URLSearchParams, definitions: Definitions): Promise<void> {
  rejectUnknown(filters, SAVED_FILTERS);
  await readSaved(definitions, filters);
}
