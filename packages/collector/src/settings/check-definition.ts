/** What a setting says in the terms of questions must be a question that can be asked. */
import type { GoalInput, SettingInputs, SettingKindName as SettingKind } from '@liveinsight/schema';
import { ApiError, validationError } from '../errors.js';
import type { Definitions } from '../query/definitions.js';
import { toGoal } from '../query/goal.js';

/** @throws ApiError that names the field that is wrong */
export async function checkDefinition(
  kind: SettingKind,
  value: SettingInputs[SettingKind],
  definitions: Definitions,
): Promise<void> {
  try {
    if (kind === 'goal') toGoal('', value as GoalInput);
    if ('goal' in value && value.goal !== undefined) await definitions.goal(value.goal, 'goal');
  } catch (error) {
    throw error instanceof ApiError ? ofField(error) : error;
  }
}

/** What is a parameter of a question is a field of a setting. */
function ofField(error: ApiError): ApiError {
  const [issue] = error.issues;
  if (!issue) return error;
  const path = issue.path.replace(/^prop:/, 'properties.');
  const message = issue.message.replace(issue.path, path);
  return validationError({ code: 'invalid_value', path, message });
}
