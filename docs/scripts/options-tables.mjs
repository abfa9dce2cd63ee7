/**
 * The tables of options in the documentation, from the comments on the types, and what commands say of themselves:
 * `npm run docs:options` writes them, tests/options-tables.test.ts checks them.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { parseSync } from 'oxc-parser';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (/** @type {string} */ path) => readFileSync(root + path, 'utf8');

/** Where a table belongs: `<!-- options: path Type [attributes] -->`, or `<!-- help: all -->`, of commands. */
const PLACE = /(<!-- (options|help): ([^>]+?) -->\n)[\s\S]*?(<!-- \/\2 -->)/g;

/** @returns {Promise<Record<string, { is: string, should: string }>>} text of each page that has tables, by its path */
export async function pagesWithTables() {
  const paths = readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => new RegExp(PLACE).test(read(path)));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await update(read(path))])));
}

/** @param {string} is */
async function update(is) {
  const texts = await Promise.all(
    [...is.matchAll(PLACE)].map(([, , kind, words = '']) =>
      kind === 'help' ? help() : optionsTable(words.split(' ')),
    ),
  );
  const should = is.replace(PLACE, (_, start, _kind, _words, end) => `${start}\n${texts.shift()}\n\n${end}`);
  return { is, should };
}

/** @param {string[]} words path of the file, name of the interface, whether options are attributes too */
function optionsTable([path = '', name = '', attributes]) {
  const source = read(path);
  const { program, comments } = parseSync(path, source);
  const type = program.body
    .map((statement) => ('declaration' in statement ? statement.declaration : statement))
    .find((one) => one?.type === 'TSInterfaceDeclaration' && one.id.name === name);
  if (type?.type !== 'TSInterfaceDeclaration') throw new Error(`${path} has no interface ${name}`);
  const rows = type.body.body.map((member) => {
    if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier')
      throw new Error(`${path}: a member of ${name} is not an option`);
    const option = member.key.name;
    const comment = comments.findLast(
      ({ end }) => source.slice(end, member.start).trim() === '' && end <= member.start,
    );
    if (!comment?.value.startsWith('*')) throw new Error(`${path}: ${name}.${option} has no comment`);
    const { text, byDefault } = readComment(comment.value);
    const types = source.slice((member.typeAnnotation?.start ?? 0) + 1, member.typeAnnotation?.end).trim();
    const shown = `\`${types
      .replace(/\/\*\*.*?\*\/|\s+/g, ' ')
      .replace(/ +/g, ' ')
      .replaceAll('|', '\\|')}\``;
    const row = [`\`${option}\``, shown, member.optional ? byDefault : 'required', text];
    return attributes ? [attribute(option), ...row] : row;
  });
  const head = ['Option', 'Type', 'Default', ''];
  return table(attributes ? ['Attribute', ...head] : head, rows);
}

/** The last sentence says the default: `Default 30 days.` */
function readComment(/** @type {string} */ value) {
  const text = value
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  const found = /(?:^| )Default:? (.+?)\.(?= |$)/.exec(text);
  if (!found) return { text, byDefault: '' };
  return { text: text.replace(found[0], '').trim(), byDefault: found[1] ?? '' };
}

const attribute = (/** @type {string} */ option) =>
  `\`data-${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}\``;

/** What each command says of itself. */
async function help() {
  const say = async (/** @type {string[]} */ ...words) => {
    const args = [`${root}packages/cli/bin/liveinsight.js`, ...words, '--help'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return stripVTControlCharacters(stdout).trim();
  };
  const names = [...(await say()).matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name);
  const commands = names.filter((name) => name !== 'help');
  const texts = commands.map(async (name) => `### ${name}\n\n\`\`\`text\n${await say(name)}\n\`\`\``);
  return (await Promise.all(texts)).join('\n\n');
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, { should }] of Object.entries(await pagesWithTables()))
    writeFileSync(root + path, should);
