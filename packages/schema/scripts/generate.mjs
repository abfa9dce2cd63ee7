/** Writes `generated/`, the documents that others read our format from, and the tables of docs/reference/wire-format.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { batchSchema } from './batch-schema.mjs';
import { openApi } from './openapi.mjs';
import { wireFormatPage } from './wire-format-page.mjs';

/** What the names of files are relative to. */
export const PACKAGE = new URL('../', import.meta.url);

/** @returns {Record<string, string>} text by file name */
export function generate() {
  const text = (/** @type {object} */ document) => `${JSON.stringify(document, withoutEmptyRequired, 2)}\n`;
  return {
    'generated/batch.schema.json': text(batchSchema()),
    'generated/openapi.json': text(openApi()),
    '../../docs/reference/wire-format.md': wireFormatPage(),
  };
}

/**
 * @param {string} key
 * @param {unknown} value
 */
function withoutEmptyRequired(key, value) {
  return key === 'required' && Array.isArray(value) && value.length === 0 ? undefined : value;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(new URL('generated/', PACKAGE), { recursive: true });
  for (const [name, text] of Object.entries(generate())) {
    writeFileSync(new URL(name, PACKAGE), text);
    console.log(`${name}: ${text.length} bytes`);
  }
}
