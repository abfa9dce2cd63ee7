import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { promisedFiles, published } from './published.js';
import { links } from './readme/markdown.js';
import { read, root, trackedFiles } from './tracked-files.js';

const own = JSON.parse(read('package.json'));
const changesets = JSON.parse(read('.changeset/config.json'));

describe.each(published)('$manifest.name', ({ folder, manifest }) => {
  it('is MIT, an ES module, and runs on the Node the repository asks for', () => {
    expect(manifest).toMatchObject({ license: 'MIT', type: 'module', engines: own.engines });
  });

  it('says where its source is, as npm compares it with where it was built', () => {
    const url = 'git+https://github.com/liveinsight/liveinsight.git';
    expect(manifest.repository).toEqual({ type: 'git', url, directory: folder });
  });

  it('says on npm what it is, and where to find more', () => {
    const { description, keywords = [], homepage, bugs } = manifest;
    expect(description).toMatch(/LiveInsight, self-hosted web analytics/);
    expect(keywords).toEqual(expect.arrayContaining(['analytics', 'web-analytics', 'self-hosted']));
    expect(new Set(keywords).size).toBe(keywords.length);
    expect(homepage).toBe(`https://github.com/liveinsight/liveinsight/tree/main/${folder}#readme`);
    expect(bugs).toBe('https://github.com/liveinsight/liveinsight/issues');
  });

  it('has a README that begins with a sentence, and whose links lead somewhere on npm, too', () => {
    const text = read(`${folder}/README.md`);
    expect(text).toMatch(new RegExp(`^# ${manifest.name}\n\n[A-Z][^\n]+\\.( [A-Z][^\n]+\\.)*\n\n`));
    expect(links(text).filter(({ target }) => !/^(https:|#)/.test(target))).toEqual([]);
  });

  it('is published with its changelog, by names that npm leaves as they are', () => {
    expect(manifest.files).toContain('CHANGELOG.md');
    // npm corrects a leading "./", and warns at each release.
    expect(Object.values(manifest.bin ?? {}).filter((path) => path.startsWith('./'))).toEqual([]);
    expect(read(`${folder}/CHANGELOG.md`)).toContain(`\n## ${manifest.version}\n`);
  });

  it('tells bundlers which of its files have side effects', () => {
    expect(manifest.sideEffects).toSatisfy((value) => value === false || Array.isArray(value));
  });

  it('has every file that it promises, once built', () => {
    expect(promisedFiles(manifest).filter((file) => !existsSync(`${root}${folder}/${file}`))).toEqual([]);
  });

  it('gives import and require the same module', () => {
    for (const target of Object.values(manifest.exports ?? {})) {
      if (typeof target !== 'string') expect(Object.keys(target)).toEqual(['types', 'default']);
    }
  });

  it('has the scripts that every package has', () => {
    expect(Object.keys(manifest.scripts ?? {})).toEqual(
      expect.arrayContaining(['build', 'test', 'test:types', 'test:package']),
    );
  });

  it('asks for our other packages in the version that is released with it', () => {
    const names = published.map((other) => other.manifest.name);
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
    for (const [name, version] of asked) if (names.includes(name)) expect(version).toBe(manifest.version);
  });
});

describe('a release', () => {
  it('gives all packages one version', () => {
    expect(new Set(published.map(({ manifest }) => manifest.version)).size).toBe(1);
    expect(changesets.fixed.flat().sort()).toEqual(published.map(({ manifest }) => manifest.name).sort());
  });

  it('knows every package that a changeset names', () => {
    const names = new Set(published.map(({ manifest }) => manifest.name));
    const unknown = trackedFiles()
      .filter((path) => /^\.changeset\/.*\.md$/.test(path) && !path.endsWith('README.md'))
      .flatMap((path) => {
        const [, front = ''] = read(path).split('---\n');
        const packages = [...front.matchAll(/^["']?([^"':]+(?:\/[^"':]+)?)["']?:/gm)].map(([, name]) => name);
        return packages.filter((name) => !names.has(name ?? '')).map((name) => `${path}: ${name}`);
      });
    expect(unknown).toEqual([]);
  });
});
