/** The question of `liveinsight doctor`, told apart from what else invokes a function; what finds the answer loads with the first. */
import type { FunctionName } from '../../src/permissions.js';
import type { PermissionResult } from './permission-check.js';

/** What `liveinsight doctor` sends; no request and no message of a queue has this form. */
export interface PermissionQuery {
  liveinsight: 'check-permissions';
  function: FunctionName;
}

export function isPermissionQuery(event: unknown): event is PermissionQuery {
  return Object(event).liveinsight === 'check-permissions';
}

export async function answerPermissionQuery(
  name: FunctionName,
): Promise<{ permissions: PermissionResult[] }> {
  const { checkPermissions } = await import('./permission-check.js');
  return checkPermissions(name);
}
