/**
 * Gives the examples of frameworks the version that is about to be released, in their manifests and lock files. They are no
 * workspaces, so changesets does not know them.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = `${root}examples/frameworks/`;
const packages = readdirSync(`${root}packages`).map((name) => read(`${root}packages/${name}/package.json`));
/** @type {Map<string, string>} */
const versions = new Map(packages.filter((one) => !one.private).map(({ name, version }) => [name, version]));

for (const example of readdirSync(examples, { withFileTypes: true })) {
  if (!example.isDirectory()) continue;
  const names = readdirSync(examples + example.name);
  for (const name of ['package.json', 'package-lock.json'].filter((one) => names.includes(one))) {
    const path = `${examples}${example.name}/${name}`;
    const file = read(path);
    for (const [place, entry] of Object.entries(file.packages ?? { '': file })) update(place, entry);
    writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`);
  }
}

/**
 * @param {string} place in a lock file; of a manifest ''
 * @param {{ version?: string, dependencies?: Record<string, string> }} entry
 */
function update(place, entry) {
  const version = versions.get(place.replace(/^.*node_modules\//, ''));
  if (version) entry.version = version;
  for (const [name, asked] of Object.entries(entry.dependencies ?? {})) {
    const next = versions.get(name);
    if (next && entry.dependencies) entry.dependencies[name] = asked.replace(/\d.*$/, next);
  }
}

/** @param {string} path */
function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
