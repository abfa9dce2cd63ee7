import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../dist/functions/', import.meta.url);
const LIMIT_KB = 630;
/** What takes events starts with every burst of visitors, and has only what that needs. */
const INGEST_LIMIT_KB = 310;
const INGEST = ['ingest.mjs', 'buffered-ingest.mjs'];

/** The file, and all that it imports when it starts. */
function loaded(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(new URL(file, folder), 'utf8');
  for (const [, specifier] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)) {
    loaded(posix.join(posix.dirname(file), specifier ?? ''), seen);
  }
  return seen;
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.mjs')))('%s', (name) => {
  const limitKb = INGEST.includes(name) ? INGEST_LIMIT_KB : LIMIT_KB;

  it(`loads at most ${limitKb} KB when it starts`, () => {
    const bytes = [...loaded(name)].reduce(
      (sum, file) => sum + readFileSync(new URL(file, folder)).length,
      0,
    );
    expect(bytes).toBeLessThanOrEqual(limitKb * 1024);
  });
});

it('the function for ingest is one file', () => {
  expect([...loaded('ingest.mjs')]).toEqual(['ingest.mjs']);
});
