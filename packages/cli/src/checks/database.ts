/** The database: whether it answers, its clock, its tables. */
import type { Store } from '@liveinsight/collector';
import { checkTables, type DynamoStoreOptions } from '@liveinsight/collector/dynamodb';
import { describeFailure } from '../error-hints.js';
import { type Finding, ok, problem, warning } from './finding.js';

const TIMEOUT_MS = 5_000;
/** AWS rejects requests whose signature is more than five minutes off. */
const CLOCK_WARNING_S = 30;
const CLOCK_PROBLEM_S = 240;

export async function checkDatabase(endpoint: string, options: DynamoStoreOptions): Promise<Finding[]> {
  const reached = await checkReach(endpoint);
  if (reached.some(({ state }) => state === 'problem')) return reached;
  try {
    const tables = await checkTables(options);
    return [
      ...reached,
      ...tables.map(({ table, problems: [first, ...more] }) =>
        first === undefined
          ? ok('table', `${table} is ready`)
          : problem('table', `${table}: ${[first, ...more].join('; ')}`, 'Run `liveinsight tables`.'),
      ),
    ];
  } catch (error) {
    const { message, remedy } = describeFailure(error);
    return [...reached, problem('tables', message, remedy)];
  }
}

/** A file of this machine: no clock but its own, and no tables to be made. */
export async function checkEmbedded(where: string, store: Store): Promise<Finding> {
  const askedAt = Date.now();
  try {
    await store.ping();
    return ok('database', `${where} responded in ${Date.now() - askedAt} ms`);
  } catch (error) {
    const { message, remedy } = describeFailure(error);
    return problem('database', message, remedy);
  }
}

/** Needs no credentials: any answer shows that it is there, and what time it is there. */
async function checkReach(endpoint: string): Promise<Finding[]> {
  try {
    const sentAt = Date.now();
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const receivedAt = Date.now();
    await response.body?.cancel();
    const theirs = Date.parse(response.headers.get('date') ?? '');
    return [
      ok('database', `${endpoint} responded in ${receivedAt - sentAt} ms`),
      checkClock(theirs, (sentAt + receivedAt) / 2),
    ];
  } catch (error) {
    const { message, remedy } = describeFailure(error instanceof Error ? (error.cause ?? error) : error);
    return [problem('database', `${endpoint} did not respond: ${message}`, remedy)];
  }
}

/** @param theirs ms, in whole seconds as the `Date` header has it; NaN where there was none */
export function checkClock(theirs: number, ours: number): Finding {
  if (Number.isNaN(theirs)) return ok('clock', 'the database does not report its time');
  const seconds = Math.round(Math.max(0, Math.abs(theirs + 500 - ours) - 500) / 1000);
  const says = `this machine is ${seconds} s ${theirs > ours ? 'behind' : 'ahead of'} the database`;
  if (seconds >= CLOCK_PROBLEM_S) {
    return problem('clock', says, 'Synchronize it with NTP: AWS rejects requests that are 5 minutes off.');
  }
  if (seconds >= CLOCK_WARNING_S) return warning('clock', says, 'Synchronize it with NTP.');
  return ok('clock', 'matches the database');
}
