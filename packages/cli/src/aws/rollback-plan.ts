/** Which version each function goes back to. Pure. */
import { CliError } from '../cli-error.js';
import type { FunctionVersions } from './function-versions.js';

export interface Step {
  functionName: string;
  part: string;
  /** The newest version that gets requests. */
  from: number;
  to: number;
}

/** Whether a version of a function was given up during its rollout. */
export type HasFailed = (part: string, version: number) => boolean;

const NOTHING_CHANGED =
  'Nothing was changed. Deploy the package of the version you want: npm install @liveinsight/cdk@<version>.';

/**
 * The steps for going back to the last release that all functions ran entirely, or to `target`: a release as `status`
 * shows it, or the number of a version. Planned again after a rollback, complete or not, it leads to the same release.
 */
export function planRollback(
  functions: FunctionVersions[],
  target: string | undefined,
  hasFailed: HasFailed,
): Step[] {
  if (target !== undefined) return functions.map((one) => stepTo(one, target));
  const release = lastCompleteRelease(functions, hasFailed);
  return functions.map((one) =>
    release === undefined
      ? step(one, previousVersion(one, hasFailed))
      : (findRelease(one, release) ?? step(one, one.live)),
  );
}

/** The newest version that got requests, also before a rollback that is complete for this function. */
const newestVersion = ({ live, rolledBackFrom }: FunctionVersions) => Math.max(live, rolledBackFrom ?? 0);

const step = ({ functionName, part, live, shares }: FunctionVersions, to: number): Step => ({
  functionName,
  part,
  from: Math.max(live, ...shares.keys()),
  to,
});

function stepTo(one: FunctionVersions, target: string): Step {
  const found = findRelease(one, target);
  if (found) return found;
  if (/^\d+$/.test(target) && one.published.has(Number(target))) return step(one, Number(target));
  const known = [...one.published].map(([version, release]) => release ?? String(version));
  throw new CliError(
    `${one.functionName} has no version "${target}" (it has: ${known.join(', ')})`,
    NOTHING_CHANGED,
  );
}

/** Of several versions of a release the newest. */
function findRelease(one: FunctionVersions, release: string): Step | undefined {
  const version = [...one.published].findLast(([, found]) => found === release)?.[0];
  return version === undefined ? undefined : step(one, version);
}

/** Versions that a function must not go back to: given up in a canary, or left by an earlier rollback. */
const isRejected = (one: FunctionVersions, version: number, hasFailed: HasFailed) =>
  hasFailed(one.part, version) ||
  (one.rolledBackFrom !== undefined && version > one.live && version <= one.rolledBackFrom);

/**
 * Undefined where versions do not say their release. While a canary runs, its older version took all requests before:
 * nothing newer is a candidate.
 */
function lastCompleteRelease(functions: FunctionVersions[], hasFailed: HasFailed): string | undefined {
  const order = releasesInOrder(functions);
  if (!order) return undefined;
  const placeOf = (one: FunctionVersions, version: number) => order.indexOf(one.published.get(version) ?? '');
  const canaries = functions.filter(({ shares }) => shares.size > 0);
  const newest =
    canaries.length > 0
      ? Math.min(...canaries.map((one) => placeOf(one, one.live)))
      : Math.max(...functions.map((one) => placeOf(one, newestVersion(one)))) - 1;
  const isComplete = (release: string) =>
    functions.every((one) => {
      const to = findRelease(one, release)?.to;
      // The buffer's function may have been added later: it stays as it is.
      return to === undefined ? one.part === 'drain' : !isRejected(one, to, hasFailed);
    });
  const found = order.slice(0, newest + 1).findLast(isComplete);
  if (found !== undefined) return found;
  throw new CliError('there is no release before this one that all functions ran', NOTHING_CHANGED);
}

/** Oldest first, by the versions of the function that has the most of them. */
function releasesInOrder(functions: FunctionVersions[]): string[] | undefined {
  const live = functions.flatMap((one) => [one.live, ...one.shares.keys()].map((v) => one.published.get(v)));
  if (live.includes(undefined)) return undefined;
  const [longest] = [...functions].sort((a, b) => b.published.size - a.published.size);
  const releases = [...(longest?.published.values() ?? [])].filter((release) => release !== undefined);
  // A release that was deployed again counts where it was deployed last.
  return releases.filter((release, index) => releases.lastIndexOf(release) === index);
}

function previousVersion(one: FunctionVersions, hasFailed: HasFailed): number {
  if (one.shares.size > 0) return one.live;
  const newest = newestVersion(one);
  const before = [...one.published.keys()].findLast(
    (version) => version < newest && !isRejected(one, version, hasFailed),
  );
  if (before !== undefined) return before;
  throw new CliError(`${one.functionName} has no version before ${newest}`, NOTHING_CHANGED);
}
