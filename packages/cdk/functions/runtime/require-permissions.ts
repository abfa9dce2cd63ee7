/** Whether a function can do its work, for its `/ready`. */
import { StoreUnavailableError } from '@liveinsight/collector';
import type { FunctionName } from '../../src/permissions.js';
import { answerPermissionQuery } from './permission-query.js';

/** Rejects with the first call that is denied: whether the function can do its work. */
export async function requirePermissions(name: FunctionName): Promise<void> {
  const { permissions } = await answerPermissionQuery(name);
  const denied = permissions.find(({ error }) => error !== null);
  if (denied) throw new StoreUnavailableError(`${denied.action} on ${denied.on}: ${denied.error}`);
}
