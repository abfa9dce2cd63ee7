/** A page for each path of the HTTP API, from the OpenAPI document, in `reference/http/`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const document = JSON.parse(
  readFileSync(new URL('../../packages/schema/generated/openapi.json', import.meta.url), 'utf8'),
);
const folder = new URL('../reference/http/', import.meta.url);
const METHODS = ['get', 'post', 'put', 'delete'];

/** @typedef {{ [key: string]: any }} Json */

export function writeHttpPages() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  /** @type {Map<string, string[]>} */
  const pages = new Map();
  for (const [path, item] of Object.entries(document.paths)) {
    const name = path.split('/').find((part) => part !== '' && part !== 'api') ?? 'root';
    const operations = METHODS.filter((method) => item[method]);
    const texts = operations.map((method) => operation(method, path, item[method], item.parameters ?? []));
    pages.set(name, [...(pages.get(name) ?? []), ...texts]);
  }
  for (const [name, texts] of pages)
    writeFileSync(new URL(`${name.replace('.', '-')}.md`, folder), `# ${name}\n\n${texts.join('\n\n')}\n`);
  return pages.size;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Json} it
 * @param {Json[]} shared by all operations of the path
 */
function operation(method, path, it, shared) {
  const parameters = [...shared, ...(it.parameters ?? [])].map(resolve);
  const body = schemaOf(it.requestBody?.content);
  const responses = Object.entries(it.responses ?? {}).map(([status, reply]) => {
    const { description = '' } = resolve(reply);
    return [status, cell(description)];
  });
  const answer = schemaOf(resolve(it.responses?.['200'] ?? {}).content);
  return [
    `## ${method.toUpperCase()} ${path}`,
    `${text(it.summary)}.`,
    it.description && text(it.description),
    parameters.length > 0 &&
      table(
        ['Parameter', 'In', 'Type', ''],
        parameters.map(({ name, in: where, required, schema, description }) => [
          `\`${name}\`${required ? ' (required)' : ''}`,
          where,
          type(schema),
          cell(description),
        ]),
      ),
    body && `**Body**\n\n${fields(body)}`,
    answer && `**Response**\n\n${fields(answer)}`,
    table(['Status', ''], responses),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/**
 * Of objects, each field; deeper ones by their path.
 * @param {Json} schema
 */
function fields(schema) {
  const rows = rowsOf(schema, '');
  return rows.length === 0 ? type(schema) : table(['Field', 'Type', ''], rows);
}

/**
 * @param {Json} given
 * @param {string} before
 * @param {number} depth
 * @returns {string[][]}
 */
function rowsOf(given, before, depth = 0) {
  const schema = resolve(given);
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (parts) return unique(parts.flatMap((/** @type {Json} */ part) => rowsOf(part, before, depth)));
  if (schema.type === 'array') return rowsOf(schema.items ?? {}, `${before}[]`, depth);
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const path = before === '' ? name : `${before}.${name}`;
    const row = [`\`${path}\``, type(value), cell(value.description ?? resolve(value).description)];
    return depth < 3 ? [row, ...rowsOf(value, path, depth + 1)] : [row];
  });
}

/** @param {string[][]} rows */
const unique = (rows) => [...new Map(rows.map((row) => [row[0], row])).values()];

/**
 * @param {Json} given
 * @returns {string}
 */
function type(given) {
  const schema = resolve(given ?? {});
  if ('const' in schema) return `\`${JSON.stringify(schema.const).replaceAll('|', '\\|')}\``;
  if (schema.enum) return schema.enum.map((/** @type {unknown} */ one) => `\`${String(one)}\``).join(', ');
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return [...new Set(parts.map(type))].join(' or ');
  if (schema.type === 'array') return `list of ${type(schema.items ?? {})}`;
  const kind = [schema.type].flat().join(' or ') || 'any';
  const limits = [
    schema.minimum !== undefined && `≥ ${schema.minimum}`,
    schema.maximum !== undefined && `≤ ${schema.maximum}`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.maxItems !== undefined && `at most ${schema.maxItems}`,
  ].filter(Boolean);
  return limits.length === 0 ? kind : `${kind} (${limits.join(', ')})`;
}

/**
 * @param {Json | undefined} content
 * @returns {Json | undefined}
 */
const schemaOf = (content) => content?.['application/json']?.schema;

/**
 * @param {Json} value
 * @returns {Json}
 */
function resolve(value) {
  if (typeof value?.$ref !== 'string') return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((/** @type {Json} */ at, /** @type {string} */ key) => at[key], document);
}

/**
 * Outside of code, what HTML and Vue would read is text.
 * @param {string} [value]
 */
function text(value = '') {
  return value
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[<{]/g, (char) => `&#${char.charCodeAt(0)};`),
    )
    .join('');
}

/** @param {string} [value] */
const cell = (value) => text(value).replace(/\|/g, '\\|').replace(/\s+/g, ' ');

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
