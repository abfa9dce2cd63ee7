import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../dist/functions/', import.meta.url);
const LIMIT_BYTES = 400 * 1024;

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
  it('loads at most 400 KB when it starts', () => {
    const bytes = [...loaded(name)].reduce(
      (sum, file) => sum + readFileSync(new URL(file, folder)).length,
      0,
    );
    expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES);
  });
});
