// Writes into the README by what hash a page may pin each script; with `--check`, fails where it is out of date.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8');

const rows = ['liveinsight.js', 'liveinsight.extended.js'].map((file) => {
  const hash = createHash('sha384')
    .update(read(`dist/${file}`))
    .digest('base64');
  return `| \`${file}\` | \`sha384-${hash}\` |`;
});

const readme = read('README.md');
const table = ['| File | `integrity` |', '|---|---|', ...rows].join('\n');
const place = /(?<=<!-- integrity -->\n).*(?=\n<!-- \/integrity -->)/s;
if (!place.test(readme)) throw new Error('README.md has no place for the hashes');
const current = readme.replace(place, table);

if (!process.argv.includes('--check')) writeFileSync(new URL('README.md', import.meta.url), current);
else if (current !== readme) {
  console.error('README.md names hashes of other scripts: run `npm run integrity`');
  process.exitCode = 1;
}
