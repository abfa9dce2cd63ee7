import { describe, expect, it } from 'vitest';
import { vulnerabilities, wrongSignatures } from '../scripts/audit.mjs';
import { read, trackedFiles } from './tracked-files.js';

const COMMIT_AND_RELEASE = /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/** What each file uses of others' actions, with the comment behind it. */
const usedActions = trackedFiles()
  .filter((path) => /\.(ya?ml|md)$/.test(path))
  .flatMap((path) =>
    [...read(path).matchAll(/^\s*(?:-\s+)?["']?uses["']?:\s*["']?(.+?)["']?\s*$/gm)].map(
      ([, action = '']) => ({ path, action }),
    ),
  )
  // Of this repository: they are as fixed as the commit they are in.
  .filter(({ action }) => !action.startsWith('./'));

describe('the workflows', () => {
  it('pin every action by the commit of a release', () => {
    expect(usedActions.length).toBeGreaterThan(0);
    expect(usedActions.filter(({ action }) => !COMMIT_AND_RELEASE.test(action))).toEqual([]);
  });

  it('pin one commit for each action', () => {
    const commits = new Map<string, Set<string>>();
    for (const { action } of usedActions) {
      const [name = '', commit = ''] = action.split('@');
      commits.set(name, (commits.get(name) ?? new Set()).add(commit));
    }
    expect([...commits].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  it('give no right but to those who name it', () => {
    const files = trackedFiles().filter((path) => path.startsWith('.github/workflows/'));
    for (const path of files) expect(read(path), path).toMatch(/^permissions: \{\}$/m);
  });
});

describe('a release', () => {
  const text = read('.github/workflows/release.yml');
  const [test = '', publish = ''] = text.split(/^ {2}publish:$/m);

  it('is tested where there is nothing to steal', () => {
    expect(test).toContain('run: .ci/run');
    expect(test).toContain('run: npm run rehearse-release');
    expect(test).toMatch(/permissions:\n\s+contents: read\n\s+steps:/);
    expect(test).not.toMatch(/secrets\.|: write/);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(
      text.match(/actions\/checkout@/g)?.length ?? 0,
    );
  });

  it('is published as it was tested, without a token of npm and without running what packages bring', () => {
    expect(publish).toContain('needs: test');
    expect(publish).toContain('id-token: write');
    expect(publish).toContain('NPM_CONFIG_PROVENANCE: true');
    expect(publish).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN|\.ci\/run|turbo|npm (test|run build)/);
    expect(JSON.parse(read('package.json')).scripts.release).toBe('changeset publish');
    expect(publish).toContain('run: npm ci --ignore-scripts\n');
    expect(read('.ci/run')).toContain('npm ci --ignore-scripts --engine-strict;');
  });
});

describe('the audit of dependencies', () => {
  it('names what is high or critical', () => {
    const report = {
      vulnerabilities: {
        a: { name: 'a', severity: 'critical', range: '<1' },
        b: { name: 'b', severity: 'low', range: '<2' },
      },
    };
    expect(vulnerabilities(`npm warn x\n${JSON.stringify(report)}\n`)).toEqual([
      'critical: a <1 (npm audit --omit=dev)',
    ]);
  });

  it('names what is not what the registry has signed', () => {
    const report = { invalid: [{ name: 'a', version: '1.0.0' }], missing: [{ name: 'b', version: '0.1.0' }] };
    expect(wrongSignatures(JSON.stringify(report))).toEqual([
      'wrong signature: a@1.0.0 (npm audit signatures)',
    ]);
    expect(wrongSignatures('{"invalid":[],"missing":[]}')).toEqual([]);
  });

  it.each(['', 'npm error audit endpoint returned an error', '{"error":{"code":"ENOAUDIT"}}'])(
    'knows %j for no answer',
    (output) => {
      expect(vulnerabilities(output)).toBeUndefined();
      expect(wrongSignatures(output)).toBeUndefined();
    },
  );
});
