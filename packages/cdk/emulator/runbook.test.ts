/** The runbook, line by line, as an operator goes through it: its commands are read from the page. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDynoxide } from '../../../scripts/dynoxide.mjs';
import { run } from '../../../scripts/run.mjs';
import { type EmulatedDeployment, startDeployment } from './deployment.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(root, 'docs/operations/runbook.md'), 'utf8');
const tools = process.env.AWS_EMULATOR ?? '';

/** Each once, in the order of the page; the few that say less than `npx` are the same. */
function readCommands(): string[] {
  const blocks = [...page.matchAll(/```text\n([^`]+)```/g)].flatMap(([, code = '']) =>
    code.trim().split('\n'),
  );
  const inline = [...page.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code = '']) => code);
  const isCommand = (code: string) => /^(?:npx |)(?:liveinsight|aws) \S/.test(code);
  const found = [...page.matchAll(/```text\n[^`]+```|`[^`\n]+`/g)]
    .flatMap(([code]) => code.replace(/^`+(?:text\n)?|`+$/g, '').split('\n'))
    .filter(isCommand)
    .map((code) => code.replace(/^npx /, ''));
  expect([...blocks, ...inline].filter(isCommand)).toHaveLength(found.length);
  return [...new Set(found)];
}

/** Of the second version of AWS's command line, which PyPI has not: the same call, without what follows. */
const toFirstVersion = (command: string) =>
  command.replace(/^aws logs tail (\S+) --follow$/, 'aws logs filter-log-events --log-group-name $1');

const commands = readCommands();

describe.runIf(hasDynoxide && tools !== '')('the runbook on an emulator of AWS', () => {
  let deployment: EmulatedDeployment;
  let folder: string;

  beforeAll(async () => {
    deployment = await startDeployment(join(tools, 'moto_server'));
    folder = mkdtempSync(join(tmpdir(), 'liveinsight-runbook-'));
  });
  afterAll(async () => {
    await deployment?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function type(command: string) {
    const PATH = [tools, join(root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH];
    const env = { ...deployment.env, PATH: PATH.join(delimiter), HOME: folder };
    return run('bash', ['-c', command], { cwd: folder, env, quiet: true });
  }

  /** What has happened before, and what a command must have done. */
  const expectations: Record<
    string,
    { before?: () => Promise<unknown>; says: RegExp | string; after?: () => unknown }
  > = {
    'liveinsight doctor --aws prod': { says: / 0 problems/ },
    'liveinsight status prod': { says: /version 2 \(0\.1\.0-second\)/ },
    'liveinsight rollback prod': {
      says: /liveinsight-prod-ingest +version 2 → 1/,
      after: async () =>
        expect(new Set(Object.values(await deployment.liveVersions()))).toEqual(new Set(['1'])),
    },
    'aws logs tail /aws/lambda/liveinsight-prod-ingest --follow': { says: /"events"/ },
    'aws lambda get-account-settings': { says: /"ConcurrentExecutions": 1000/ },
    'aws lambda invoke --function-name liveinsight-prod-rollup:live out.json': {
      says: /"StatusCode": 200/,
      after: () =>
        expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toEqual({ finished: true }),
    },
    'liveinsight redrive prod': {
      before: () => deployment.sendDeadLetter('a batch'),
      says: /Moving 1 batches back to liveinsight-prod-buffer[\s\S]+0 remain/,
    },
  };
  const startOf = (command: string) => command.split(' ').slice(0, 3).join(' ');
  const others: Record<string, string> = {
    'aws logs filter-log-events': '"events"',
    'aws dynamodb update-table': '"TableName": "liveinsight-prod-events"',
  };

  it.each(commands)('%s', async (command) => {
    const { before, says, after } = expectations[command] ?? {
      says: others[startOf(command)] ?? 'unexpected',
    };
    await before?.();
    const { ok, output } = await type(toFirstVersion(command));
    expect(output).toMatch(says);
    expect(ok).toBe(true);
    await after?.();
  });

  it('has all the commands that this test expects', () => {
    expect(Object.keys(expectations).filter((command) => !commands.includes(command))).toEqual([]);
  });
});
