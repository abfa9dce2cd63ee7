/** The build's own passes change no script in what it does: many small ones are run before and after each. */
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { toBlock } from '../block.js';
import { passByScope } from '../pass-by-scope.js';
import { renameForGzip } from '../rename.js';
import { reorderForGzip } from '../reorder.js';
import { randomOf, randomScript } from './random-script.js';

const SCRIPTS = 60;

/** Properties may stand in any order. */
const sorted = (_name: string, value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** What a script calculates, the functions that it leaves, and its global names; nothing where it fails. */
const run = (code: string): string | undefined => {
  const told: unknown[] = [];
  const page = { told };
  try {
    runInNewContext(code, page);
    const values = told.map((value) => (typeof value === 'function' ? [value()] : value));
    return JSON.stringify([values, Object.keys(page)], sorted);
  } catch {
    return undefined;
  }
};

const scripts = Array.from({ length: SCRIPTS }, (_, seed) => randomScript(randomOf(seed + 1)))
  .map((code) => ({ code, result: run(code) }))
  // None that tells how a function is written.
  .filter(({ result }) => result !== undefined && !/=>|function/.test(result));

/** A size that has nothing to do with the script's length: any change is made that a pass may make. */
const anySize = (code: string) => {
  let hash = 0;
  for (let at = 0; at < code.length; at++) hash = (Math.imul(hash, 31) + code.charCodeAt(at)) | 0;
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
};

describe.each([
  ['toBlock', toBlock],
  ['passByScope', passByScope],
  ['renameForGzip', (code: string) => renameForGzip(code, anySize)],
  ['reorderForGzip', (code: string) => reorderForGzip(code, anySize)],
])('%s', (_name, pass) => {
  it('keeps what random scripts do', () => {
    let changed = 0;
    for (const { code, result } of scripts) {
      const written = pass(code);
      if (written !== code) changed += 1;
      expect({ code, written, result: run(written) }).toEqual({ code, written, result });
    }
    expect(changed).toBeGreaterThan(scripts.length / 10);
  });
});
