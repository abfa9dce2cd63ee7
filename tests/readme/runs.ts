/** Executes the snippets that a page marks with `<!-- run: name -->`. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startInsight } from '@liveinsight/testing';
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

  'html-page': async (html) => {
    const events = await visit(html.replace('http://localhost:4000', ''), ['page_view', 'click']);
    expect(events).toContainEqual(expect.objectContaining({ event_type: 'click', element_id: 'buy' }));
  },

  'event-attribute': async (html) => {
    const extended = scriptTag.replace('liveinsight.js', 'liveinsight.extended.js');
    const events = await visit(extended + html.replace('<button', '<button id="buy"'), ['custom']);
    expect(events).toContainEqual(signup);
  },

  'import-line': async (line) => {
    const insight = await startInsight();
    const headers = { authorization: `Bearer ${insight.readKey}` };
    const init = { method: 'POST', headers, body: line };
    const reply = await fetch(`${insight.url}/api/import`, init);
    expect(await reply.json()).toMatchObject({ data: { accepted: 1 } });
    await insight.close();
  },

  'express-server': (code) =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'server.mjs'), code);
      const server = spawn(process.execPath, ['server.mjs'], {
        cwd: folder,
        env: { ...process.env, PORT: '0' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        const address = /Dashboard {2}(http:\/\/localhost:\d+)\/dashboard#key=(\S+)/;
        let printed = '';
        for await (const text of server.stdout) {
          printed += text;
          if (address.test(printed)) break;
        }
        const [, url = '', key = ''] = address.exec(printed) ?? [];
        expect(await (await fetch(url)).text()).toContain(scriptTag);
        await sendsAndReads((path, init) => fetch(url + path, init), key);
      } finally {
        server.kill();
        await once(server, 'exit');
      }
    }),

  'mounted-collector': (code) =>
    inFolder(async (folder) => {
      const file = join(folder, 'collector.mjs');
      const { transformWithOxc } = await import('vite');
      writeFileSync(file, (await transformWithOxc(code, 'collector.ts')).code);
      const program = `
        import { collector } from ${JSON.stringify(file)};
        const it = await collector();
        process.on('message', async ({ path, init }) => {
          const reply = await it.fetch(new Request('http://app.example/analytics' + path, init), { ip: '192.0.2.1' });
          process.send({ status: reply.status, text: await reply.text() });
        });`;
      writeFileSync(join(folder, 'app.mjs'), program);
      const app = fork(join(folder, 'app.mjs'), { cwd: folder, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
      try {
        const [printed] = await once(app.stdout ?? app, 'data');
        const [, key = ''] = /dashboard#key=(\S+)/.exec(`${printed}`) ?? [];
        await sendsAndReads(async (path, init) => {
          app.send({ path, init });
          const [{ status, text }] = await once(app, 'message');
          return new Response(text, { status });
        }, key);
      } finally {
        app.disconnect();
        app.kill();
        await once(app, 'exit');
      }
    }),

  'local-database': async (code) => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'snippet.mjs'), code);
      const { ok, output } = await run(process.execPath, ['snippet.mjs'], { cwd: folder, quiet: true });
      expect(output).toBe('');
      expect(ok).toBe(true);
    });
  },
};

/** Within the repository, where the packages are found. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(root, 'node_modules/.readme-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The collector takes a page view, and its key reads it. */
async function sendsAndReads(ask: (path: string, init?: object) => Promise<Response>, key: string) {
  const event = { site: 'shop', event_type: 'page_view', page_url: 'https://shop.example/' };
  const sent = await ask('/api/events', { method: 'POST', body: JSON.stringify(event) });
  expect(sent.status).toBe(200);
  const read = await ask('/api/stats?site=shop', { headers: { authorization: `Bearer ${key}` } });
  expect(await read.json()).toMatchObject({ data: { totals: { page_views: 1 } } });
}

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
