import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SENT_HEADERS } from '../../src/threads/sent-request.js';

it('every header that the collector reads by name is sent to the thread', () => {
  const folder = join(import.meta.dirname, '../../src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('testing'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
  const read = sources.flatMap((text) =>
    [...text.matchAll(/\.?header\('([a-z-]+)'\)/g)].map(([, name]) => name ?? ''),
  );
  expect(read).toContain('if-none-match');
  expect(read.filter((name) => !SENT_HEADERS.includes(name))).toEqual([]);
});
