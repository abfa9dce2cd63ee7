/**
 * Keeps what the searches of the build have found in `found.json`: they take a third of its time, and what they find depends on the
 * version of zlib, by which the scripts' hashes would differ between versions of Node.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8');

/**
 * @param name of what is searched: a script and a pass
 * @param input what it is searched in
 * @param program the file with the search, which may find something else when it changes
 * @param search returns what it finds, as text
 */
export const findOnce = (name, input, program, search) => {
  const found = JSON.parse(read('found.json'));
  const key = createHash('sha256').update(input).update(read(program)).digest('base64url').slice(0, 22);
  if (found[name]?.key === key) return found[name].found;
  // As with the snapshots of tests: what is not committed is searched for again by every build.
  if (process.env.CI) throw new Error(`found.json is out of date (${name}): build, and commit it`);
  found[name] = { key, found: search() };
  const sorted = Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(new URL('found.json', import.meta.url), `${JSON.stringify(sorted, null, 2)}\n`);
  return found[name].found;
};
