/** Writes `generated/`: the documents that others read our format from. Says nothing but what the schemas say. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { batchSchema } from './batch-schema.mjs';
import { openApi } from './openapi.mjs';

export const GENERATED = new URL('../generated/', import.meta.url);

/** @returns {Record<string, string>} text by file name */
export function generate() {
  const documents = { 'batch.schema.json': batchSchema(), 'openapi.json': openApi() };
  return Object.fromEntries(
    Object.entries(documents).map(([name, document]) => [
      name,
      `${JSON.stringify(document, withoutEmptyRequired, 2)}\n`,
    ]),
  );
}

/**
 * @param {string} key
 * @param {unknown} value
 */
function withoutEmptyRequired(key, value) {
  return key === 'required' && Array.isArray(value) && value.length === 0 ? undefined : value;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(GENERATED, { recursive: true });
  for (const [name, text] of Object.entries(generate())) {
    writeFileSync(new URL(name, GENERATED), text);
    console.log(`generated/${name}: ${text.length} bytes`);
  }
}
