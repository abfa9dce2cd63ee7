import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { findOnce } from '../found.js';
import { applyNames, findNames } from '../rename.js';
import { applyMoves, findMoves } from '../reorder.js';

const kept = () => readFileSync(new URL('../found.json', import.meta.url), 'utf8');

afterEach(() => vi.unstubAllEnvs());

it('rejects in CI what is not kept, and keeps nothing there', () => {
  vi.stubEnv('CI', 'true');
  const before = kept();
  expect(() => findOnce('another.js rename', '(q=>q)(1)', 'rename.js', () => 'e')).toThrow(
    'found.json is out of date (another.js rename)',
  );
  expect(kept()).toBe(before);
});

it('finds in a script what makes the same of it when it is applied later', () => {
  const code = '(()=>{let q=(e,t)=>({b:e,a:t,c:e===t}),w=(e,t)=>({a:t,b:e});return[q(1,2),w(1,2)]})()';
  const fewestNames = (text: string) => new Set(text.match(/\b[a-z]\b/g)).size;
  expect(fewestNames(applyNames(code, findNames(code, fewestNames)))).toBeLessThan(fewestNames(code));
  const late = (text: string) => -text.indexOf('b:e,');
  const moves = findMoves(code, late);
  expect(moves).not.toEqual([]);
  expect(late(applyMoves(code, moves))).toBeLessThan(late(code));
});
