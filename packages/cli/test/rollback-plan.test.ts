/** Which version each function goes back to, from every state that a deployment can be in. */
import { describe, expect, it } from 'vitest';
import type { FunctionVersions } from '../src/aws/function-versions.js';
import { planRollback } from '../src/aws/rollback-plan.js';

const nothingFailed = () => false;

/** A function whose versions have the releases of `releases`, oldest first; versions count from 1. */
function running(part: string, releases: (string | undefined)[], more: Partial<FunctionVersions> = {}) {
  return {
    part,
    functionName: `liveinsight-prod-${part}`,
    live: releases.length,
    shares: new Map<number, number>(),
    rolledBackFrom: undefined,
    published: new Map(releases.map((release, index) => [index + 1, release])),
    ...more,
  };
}

const all = (releases: (string | undefined)[], more: Partial<FunctionVersions> = {}) =>
  ['ingest', 'read', 'rollup', 'admin'].map((part) => running(part, releases, more));

const targets = (
  functions: FunctionVersions[],
  target?: string,
  hasFailed: (part: string, version: number) => boolean = nothingFailed,
) => Object.fromEntries(planRollback(functions, target, hasFailed).map(({ part, to }) => [part, to]));

const each = (to: number) => ({ ingest: to, read: to, rollup: to, admin: to });

describe.each([
  [
    'versions that say their release',
    (count: number) => Array.from({ length: count }, (_, at) => `r${at + 1}`),
  ],
  ['versions that say none', (count: number) => Array.from({ length: count }, () => undefined)],
])('with %s, a rollback', (_, releases) => {
  it('goes to the release before', () => {
    expect(targets(all(releases(3)))).toEqual(each(2));
  });

  it('ends a canary at the version that had all requests', () => {
    const canary = { live: 2, shares: new Map([[3, 0.1]]) };
    expect(targets(all(releases(3), canary))).toEqual(each(2));
  });

  it('ends the canary of the second deployment ever', () => {
    expect(targets(all(releases(2), { live: 1, shares: new Map([[2, 0.1]]) }))).toEqual(each(1));
  });

  it('ends a canary that some functions have finished', () => {
    const [first, ...others] = all(releases(3), { live: 2, shares: new Map([[3, 0.1]]) });
    const finished = { ...first, live: 3, shares: new Map() } as FunctionVersions;
    expect(targets([finished, ...others])).toEqual(each(2));
  });

  it('finishes what an earlier one began', () => {
    const [first, second, ...others] = all(releases(3));
    const back = (one?: FunctionVersions) => ({ ...one, live: 2, rolledBackFrom: 3 }) as FunctionVersions;
    expect(targets([back(first), back(second), ...others])).toEqual(each(2));
  });

  it('stays where a complete one went, also for a second person', () => {
    expect(targets(all(releases(3), { live: 2, rolledBackFrom: 3 }))).toEqual(each(2));
  });

  it('passes over a version that its canary gave up', () => {
    expect(targets(all(releases(4)), undefined, (_part, version) => version === 3)).toEqual(each(2));
  });

  it('passes over a version that was rolled back before the canary that runs now', () => {
    const functions = all(releases(4), { live: 2, rolledBackFrom: 3, shares: new Map([[4, 0.1]]) });
    expect(targets(functions)).toEqual(each(2));
  });

  it('goes to the version that was asked for', () => {
    expect(targets(all(releases(3)), '1')).toEqual(each(1));
    expect(() => targets(all(releases(3)), '7')).toThrow('has no version "7"');
  });

  it('changes nothing where nothing was before', () => {
    expect(() => targets(all(releases(1)))).toThrow(/before/);
  });
});

describe('with versions that say their release, a rollback', () => {
  it('finds the versions that belong together by it, whatever their numbers', () => {
    const functions = [running('ingest', ['a', 'b', 'c']), running('read', ['b', 'c'])];
    expect(targets(functions)).toEqual({ ingest: 2, read: 1 });
    expect(targets(functions, 'b')).toEqual({ ingest: 2, read: 1 });
    expect(() => targets(functions, 'a')).toThrow('liveinsight-prod-read has no version "a"');
  });

  it('passes over a release that not all functions have', () => {
    const functions = [running('ingest', ['a', 'b', 'c']), running('read', ['a', 'c'])];
    expect(targets(functions)).toEqual({ ingest: 1, read: 1 });
  });

  it('leaves the function of a buffer that came later', () => {
    expect(targets([...all(['a', 'b']), running('drain', ['b'])])).toEqual({ ...each(1), drain: 1 });
  });
});
