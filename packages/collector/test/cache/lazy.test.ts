import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { lazy } from '../../src/cache/lazy.js';

it('makes a value when it is first asked for, and once', () => {
  const create = vi.fn(() => ({}));
  const value = lazy(create);
  expect(create).not.toHaveBeenCalled();
  expect(value()).toBe(value());
  expect(create).toHaveBeenCalledTimes(1);
});

/** Counts what a new process makes while it imports the collector: each of them loads ICU's data, 10 to 25 ms of a cold start. */
const COUNT_FORMATS = `
  const made = [];
  for (const name of ['Collator', 'DateTimeFormat', 'DisplayNames', 'NumberFormat', 'Segmenter']) {
    Intl[name] = new Proxy(Intl[name], {
      construct: (target, given) => (made.push(name), Reflect.construct(target, given)),
    });
  }
  await import(process.argv[1]);
  console.log(JSON.stringify(made));
`;

it('is what the collector uses for names and orders of a language: importing it makes none', () => {
  const entry = fileURLToPath(import.meta.resolve('@liveinsight/collector'));
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', COUNT_FORMATS, entry]);
  expect(JSON.parse(String(printed))).toEqual([]);
});
