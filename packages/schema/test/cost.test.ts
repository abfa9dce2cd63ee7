import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { expect, test } from 'vitest';

/** What a bundler leaves of JavaScript that uses this package. */
async function bundled(source: string): Promise<string> {
  // Outside this package, as those are who use it.
  const entry = fileURLToPath(new URL('../../entry.js', import.meta.url));
  const bundle = await rollup({
    input: entry,
    onwarn: ({ code, message }) => {
      if (code !== 'EMPTY_BUNDLE') throw new Error(message);
    },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
      nodeResolve(),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output[0].code.trim();
}

test('the limits come alone: an entry of constants, without any import', async () => {
  const limits = readFileSync(fileURLToPath(import.meta.resolve('@liveinsight/schema/limits')), 'utf8');
  expect(limits).not.toMatch(/\bimport\b/);
  const inlined = await bundled(
    `import { MAX_ID_CHARS } from '@liveinsight/schema/limits'; send(MAX_ID_CHARS);`,
  );
  expect(inlined.replace(/\/\*\*.*?\*\/\s*/gs, '')).toBe('const MAX_ID_CHARS = 64;\n\nsend(MAX_ID_CHARS);');
});

test('a package imported for its types alone leaves nothing behind', async () => {
  expect(await bundled(`import '@liveinsight/schema'; send(1);`)).toBe('send(1);');
});
