/** The tables of docs/reference/wire-format.md, from the schemas and from the comments on codes and limits. */
import { readFileSync } from 'node:fs';
import * as schema from '@liveinsight/schema';

const read = (/** @type {string} */ path) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The page as it should be: its own text, with the tables of today. */
export function wireFormatPage() {
  return Object.entries({ events, codes, limits }).reduce((text, [name, table]) => {
    const place = new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`);
    if (!place.test(text)) throw new Error(`the page has no place for the table of ${name}`);
    return text.replace(place, (_, start, end) => `${start}\n\n${table()}\n\n${end}`);
  }, read('../../../docs/reference/wire-format.md'));
}

function events() {
  const rows = schema.EVENT_TYPES.map((type) => {
    const { entries, pipe } = schema.EVENT_SCHEMAS[type];
    const fields = Object.entries(entries).filter(
      ([name]) => !COMMON.includes(name) && name !== 'event_type',
    );
    const shown = fields.map(([name, { type: kind }]) =>
      kind === 'exact_optional' ? `\`${name}\`` : `**\`${name}\`**`,
    );
    return [`\`${type}\``, pipe[1].description, shown.join(', ')];
  });
  const common = COMMON.map((name) => `\`${name}\``).join(', ');
  return `${table(['`event_type`', 'What happened', 'Fields (bold: required)'], rows)}\n\nEvery event may also carry ${common}.`;
}

const COMMON = Object.keys(schema.PageViewSchema.entries).filter((name) =>
  Object.values(schema.EVENT_SCHEMAS).every(({ entries }) => name in entries && name !== 'event_type'),
);

function codes() {
  const found = read('../src/issue.ts').matchAll(/\/\*\* (.+) \*\/\n {2}'(\w+)',/g);
  return table(
    ['`code`', 'What is wrong'],
    [...found].map(([, comment = '', code = '']) => [`\`${code}\``, comment]),
  );
}

function limits() {
  const found = read('../src/limits.ts').matchAll(/\/\*\* (.+) \*\/\nexport const (\w+) = ([\d_]+);/g);
  const rows = [...found].map(([, comment = '', name = '', value = '']) => [
    `\`${name}\``,
    Number(value.replaceAll('_', '')).toLocaleString('en'),
    comment,
  ]);
  return table(['Limit', 'Value', 'Of what'], rows);
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
