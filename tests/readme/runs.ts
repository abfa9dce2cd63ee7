/** Executes the snippets that a page marks with `<!-- run: name -->`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../../scripts/run.mjs';
import { root } from '../tracked-files.js';
import { visit } from './shop.js';

/** Gets the snippet's code; rejects when it does not do what the page says. */
export type Run = (code: string) => Promise<void>;

const scriptTag = '<script async src="/liveinsight.js" data-site="shop"></script>';
const stub = '<script>window.liveinsight ||= function () { (liveinsight.q ||= []).push(arguments) }</script>';

const signup = expect.objectContaining({ event_type: 'custom', name: 'signup', props: { plan: 'pro' } });
const purchase = expect.objectContaining({ conversion_type: 'purchase', value: 12.5, currency: 'EUR' });

export const runs: Record<string, Run> = {
  'script-tag': async (html) => {
    const events = await visit(html.replace('https://collector.example', ''), [
      'page_view',
      'click',
      'page_exit',
    ]);
    expect(events.slice(0, 2)).toMatchObject([
      { event_type: 'page_view', page_title: 'Shop', view: 1 },
      { event_type: 'click', element_id: 'buy' },
    ]);
  },

  'queued-commands': async (html) => {
    const events = await visit(html + scriptTag, ['page_view', 'custom', 'conversion']);
    expect(events).toEqual(expect.arrayContaining([signup, purchase]));
  },

  commands: async (code) => {
    const html = `${stub}${scriptTag}<script>${code}</script>`;
    const events = await visit(html, ['page_view', 'custom', 'conversion']);
    expect(events).toEqual(expect.arrayContaining([signup, purchase]));
  },

  'npm-tracker': async (code) => {
    const events = await visit(
      `<script type="module">${await bundle(code.replace('https://collector.example', ''))}</script>`,
      ['page_view', 'custom'],
    );
    expect(events).toContainEqual(signup);
  },

  'local-database': async (code) => {
    // Within the repository, where the packages are found.
    const folder = mkdtempSync(join(root, 'node_modules/.readme-'));
    writeFileSync(join(folder, 'snippet.mjs'), code);
    const { ok, output } = await run(process.execPath, ['snippet.mjs'], { cwd: folder, quiet: true });
    rmSync(folder, { recursive: true });
    expect(output).toBe('');
    expect(ok).toBe(true);
  },
};

/** As an application's bundler would. */
async function bundle(code: string): Promise<string> {
  const { rollup } = await import('rollup');
  const { nodeResolve } = await import('@rollup/plugin-node-resolve');
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry' ? id : null),
    load: (id: string) => (id === 'entry' ? code : null),
  };
  const build = await rollup({ input: 'entry', plugins: [entry, nodeResolve({ browser: true })] });
  const { output } = await build.generate({ format: 'es' });
  await build.close();
  return output[0].code;
}
