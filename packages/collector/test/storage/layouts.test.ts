/**
 * Which layouts each release reads and writes, in `layouts.json`: oldest release first, the one to come as `next`. A layout
 * that the release before cannot read would be left out of every number during a deployment and after a rollback.
 */
import { readFileSync } from 'node:fs';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { describe, expect, it } from 'vitest';
import { LAYOUT, READABLE_LAYOUTS } from '../../src/rollup/rollup-codec.js';
import { deflate, inflate, NewerItemError } from '../../src/storage/dynamodb/deflate.js';
import { DEFAULT_LAYOUT, LAYOUTS } from '../../src/storage/dynamodb/layouts.js';

interface Layouts {
  reads: readonly number[];
  writes: number;
}
interface Release {
  release: string;
  batches: Layouts;
  rollups: Layouts;
}

const json = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const numbersOf = (release: string) => release.split('.').map(Number);
const compare = (one: string, other: string) => {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  return a.reduce((order, part, index) => order || part - (b[index] ?? 0), 0);
};

/** @param version of the package: what is released is at most as new */
function problemsOf(history: Release[], version: string): string[] {
  return history.flatMap(({ release, ...kinds }, index) => {
    const before = history[index - 1];
    const isLast = index === history.length - 1;
    const problems: string[] = [];
    if (release === 'next' ? !isLast : compare(release, version) > 0)
      problems.push(`${release} is not released yet: it must be the last, as "next"`);
    if (before && release !== 'next' && compare(before.release, release) >= 0)
      problems.push(`${release} must be newer than ${before.release}`);
    for (const kind of ['batches', 'rollups'] as const) {
      const { reads, writes } = kinds[kind];
      if (!reads.includes(writes)) problems.push(`${release} cannot read the ${kind} that it writes`);
      if (before && !before[kind].reads.includes(writes))
        problems.push(`${release} writes ${kind} in layout ${writes}, which ${before.release} cannot read`);
      for (const layout of before?.[kind].reads ?? []) {
        if (!reads.includes(layout)) problems.push(`${release} no longer reads layout ${layout} of ${kind}`);
      }
    }
    return problems;
  });
}

describe('layouts', () => {
  const history: Release[] = json('layouts.json');
  const { version } = json('../../package.json');

  it('are written only where the release before can read them', () => {
    expect(problemsOf(history, version)).toEqual([]);
  });

  it('are those that the last entry says', () => {
    const { batches, rollups } = history.at(-1) ?? {};
    expect(batches).toEqual({ reads: LAYOUTS, writes: DEFAULT_LAYOUT });
    expect(rollups).toEqual({ reads: READABLE_LAYOUTS, writes: LAYOUT });
  });

  it('of a release that writes what it has just learned to read are found', () => {
    const rollups = { reads: [3], writes: 3 };
    const first: Release = { release: '1.0.0', batches: { reads: [1], writes: 1 }, rollups };
    const reading: Release = { release: '1.1.0', batches: { reads: [1, 2], writes: 1 }, rollups };
    const writing: Release = { release: 'next', batches: { reads: [1, 2], writes: 2 }, rollups };
    expect(problemsOf([first, reading, writing], '1.1.0')).toEqual([]);
    expect(problemsOf([first, writing], '1.0.0')).toEqual([
      'next writes batches in layout 2, which 1.0.0 cannot read',
    ]);
    // A release that was never made does not help.
    expect(problemsOf([first, reading, writing], '1.0.0')).toEqual([
      '1.1.0 is not released yet: it must be the last, as "next"',
    ]);
    expect(problemsOf([reading, { ...writing, batches: { reads: [2], writes: 2 } }], '1.1.0')).toEqual([
      'next no longer reads layout 1 of batches',
    ]);
  });

  it('of batches can be read as they were written, and are refused by name where they are unknown', () => {
    for (const layout of LAYOUTS) {
      const bytes = deflate('[{"event_type":"click"}]', 'b-1', { layout });
      expect(bytes[0]).toBe(layout);
      expect(inflate(bytes.toString('base64'), 'b-1')).toBe('[{"event_type":"click"}]');
    }
    const unknown = Buffer.from([Math.max(...LAYOUTS) + 1, 0]).toString('base64');
    expect(() => inflate(unknown, 'b-1')).toThrow(NewerItemError);
  });

  it('can be chosen among those that are known', () => {
    expect(() => dynamoStore({ endpoint: 'http://127.0.0.1:1', layout: 1 })).not.toThrow();
    expect(() => dynamoStore({ layout: 7 })).toThrow('dynamoStore: layout must be 1, got 7');
  });
});
