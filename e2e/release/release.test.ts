/** A release from beginning to end, to a registry on this machine: published, installed, used, and the next one prepared. */
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { readPage, snippets } from '../first-use/page.js';
import { startProgram } from '../first-use/program.js';
import { freePort, must, write } from '../way/installed-app.js';
import { danglingSources, readPublished } from './published-package.js';
import { releasedManifests } from './repository.js';

const registry = inject('registry');
const env: NodeJS.ProcessEnv = inject('registryEnv');
const repository = join(inject('rehearsal'), 'repository');
const released = await releasedManifests(repository);
const names = Object.values(released).map(({ name }) => name);

describe.each(Object.entries(released))(
  'packages/%s, as the registry has it,',
  (folder, { name, version }) => {
    const published = readPublished(registry, name);

    it('says what it is, of which version, and where it comes from', async () => {
      const { manifest, readme } = await published;
      expect(manifest).toMatchObject({
        version,
        license: 'MIT',
        description: expect.stringContaining('LiveInsight'),
        keywords: expect.arrayContaining(['analytics', 'self-hosted']),
        // npm compares it with where a package was built, and rejects the provenance of another.
        repository: {
          url: 'git+https://github.com/liveinsight/liveinsight.git',
          directory: `packages/${folder}`,
        },
        dist: { integrity: expect.stringMatching(/^sha512-/) },
      });
      expect(readme).toContain(`# ${name}\n`);
    });

    it('has its changelog and the licence, and nothing that is not for its users', async () => {
      const { files } = await published;
      expect(files['package/CHANGELOG.md']).toContain(`## ${version}\n`);
      expect(files['package/LICENSE']).toMatch(/^MIT License/);
      const paths = Object.keys(files);
      expect(
        paths.filter((path) => /\/(src|tests?|node_modules|\.\w+)\/|\.(test|spec)\.|tsbuildinfo$/.test(path)),
      ).toEqual([]);
    });

    it('names neither a folder of one machine nor a source that is not there', async () => {
      const { files } = await published;
      expect(danglingSources(files)).toEqual([]);
      const own = Object.entries(files).filter(
        ([, text]) => text.includes(repository) || text.includes(process.cwd()),
      );
      expect(own.map(([path]) => path)).toEqual([]);
    });
  },
);

describe('from the registry', () => {
  it('one version of each is installed, and each asks for that of the others', async () => {
    const folder = join(inject('rehearsal'), 'all');
    await write(folder, { 'package.json': '{ "private": true }' });
    await must('npm', ['install', '--package-lock-only', ...names], folder, env);
    const lock: { packages: Record<string, { version: string; integrity?: string }> } = JSON.parse(
      await readFile(join(folder, 'package-lock.json'), 'utf8'),
    );
    const ours = Object.entries(lock.packages).filter(([path]) =>
      names.includes(path.split('node_modules/').at(-1) ?? ''),
    );
    expect(ours.map(([path]) => path).sort()).toEqual(names.map((name) => `node_modules/${name}`).sort());
    for (const { name, version } of Object.values(released))
      expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version, integrity: expect.any(String) });
  });

  it('the command line is installed, and is of the version that was released', async () => {
    const folder = join(inject('rehearsal'), 'command');
    await write(folder, { 'package.json': '{ "private": true }' });
    await must('npm', ['install', 'liveinsight'], folder, env);
    const output = await must('npm', ['exec', '--no', '--', 'liveinsight', '--version'], folder, env);
    expect(output.trim()).toBe(released.cli?.version);
  });

  it('the page for Express leads to a server that counts', async () => {
    const page = readPage('docs/start/express.md');
    const [install = ''] = snippets(page, 'sh');
    const [program = ''] = snippets(page, 'js');
    const folder = join(inject('rehearsal'), 'express');
    await write(folder, { 'package.json': '{ "private": true }', 'server.mjs': program });
    const [npm = '', ...words] = install.trim().split(' ');
    await must(npm, words, folder, env);
    const key = 'a-read-key-of-the-rehearsal';
    const server = await startProgram('node server.mjs', {
      path: folder,
      env: { ...env, PORT: `${await freePort()}`, LIVEINSIGHT_READ_KEY: key },
    });
    try {
      const event = { site: 'shop', event_type: 'page_view', page_url: 'https://shop.example/' };
      await fetch(`${server.url}/api/events`, { method: 'POST', body: JSON.stringify(event) });
      const headers = { authorization: `Bearer ${key}` };
      const { data } = await (await fetch(`${server.url}/api/stats?site=shop`, { headers })).json();
      expect(data.totals.page_views).toBe(1);
    } finally {
      await server.ends();
    }
  });

  it('the page for Lambda leads to a function that serves the tracker', async () => {
    const page = readPage('docs/start/lambda.md');
    const [install = ''] = snippets(page, 'sh');
    const [handler = ''] = snippets(page, 'js');
    const [bundle = ''] = snippets(page, 'text').filter((text) => text.includes('esbuild'));
    const folder = join(inject('rehearsal'), 'lambda');
    await write(folder, { 'package.json': '{ "private": true, "type": "module" }', 'handler.js': handler });
    for (const command of [install, bundle]) {
      const [program = '', ...words] = command.trim().split(' ');
      await must(program, words, folder, env);
    }
    const call = `const { handler } = await import('./dist/handler.mjs');
      const request = { version: '2.0', rawPath: '/liveinsight.js', headers: {}, requestContext: { http: { method: 'GET', sourceIp: '203.0.113.9' } } };
      const { statusCode, headers } = await handler(request, {});
      console.log(statusCode, headers['content-type']);
      process.exit();`;
    const variables = {
      AWS_REGION: 'eu-west-1',
      LIVEINSIGHT_SITES: '[{"id":"shop"}]',
      LIVEINSIGHT_SECRET: 'a secret of the rehearsal',
    };
    const output = await must('node', ['--input-type=module', '-e', call], folder, { ...env, ...variables });
    expect(output).toMatch(/^200 text\/javascript/);
  });
});

// Last: it changes the copy that is released from.
describe('the next release', () => {
  it('is prepared from a changeset: one version everywhere, told in each changelog that it concerns', async () => {
    const told = 'Events of the rehearsal are counted.';
    await write(repository, { '.changeset/rehearsal.md': `---\n'liveinsight': minor\n---\n\n${told}\n` });
    const path = [join(repository, 'node_modules/.bin'), env.PATH].join(delimiter);
    await must('npm', ['run', 'version-packages'], repository, { ...env, PATH: path });
    const next = await releasedManifests(repository);
    const [version = ''] = new Set(Object.values(next).map((manifest) => manifest.version));
    expect(version).toMatch(/^\d+\.\d+\.0$/);
    expect(Object.values(released).map((manifest) => manifest.version)).not.toContain(version);
    for (const [folder, manifest] of Object.entries(next)) {
      expect(manifest.version, folder).toBe(version);
      for (const [name, asked] of Object.entries(manifest.dependencies ?? {}))
        if (names.includes(name)) expect(asked, `${folder}: ${name}`).toBe(version);
    }
    const changelog = await readFile(join(repository, 'packages/cli/CHANGELOG.md'), 'utf8');
    expect(changelog).toMatch(new RegExp(`## ${version}\\n\\n### Minor Changes\\n\\n- (\\S+: )?${told}`));
    for (const [example, name] of [
      ['next', 'collector'],
      ['lambda', 'tracker'],
      ['cdk', 'cdk'],
    ])
      for (const file of ['package.json', 'package-lock.json'])
        expect(
          await readFile(join(repository, `examples/frameworks/${example}/${file}`), 'utf8'),
          `${example}/${file}`,
        ).toContain(`"@liveinsight/${name}": "^${version}"`);
  });

  it('is published over the first', async () => {
    await must('npm', ['run', 'release', '--', '--no-git-tag'], repository, env);
    const next = await releasedManifests(repository);
    for (const { name, version } of Object.values(next)) {
      const { manifest, files } = await readPublished(registry, name);
      expect(manifest.version, name).toBe(version);
      expect(files['package/CHANGELOG.md'], name).toContain(`## ${version}\n`);
    }
  });
});
