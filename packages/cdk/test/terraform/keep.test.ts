/** `terraform destroy` of a deployment that keeps its data destroys nothing of it; of any other, all. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folder, hasTerraform, type Module, readModule } from './module.js';

let module: Module;
beforeAll(async () => {
  module = await readModule({});
});

describe('the module', () => {
  it('destroys first what asks whether it may', () => {
    const [keep] = module.resources.terraform_data?.keep_data ?? [];
    const all = Object.entries(module.resources)
      .filter(([type]) => type !== 'terraform_data')
      .flatMap(([type, named]) => Object.keys(named).map((name) => `\${${type}.${name}}`));
    expect(keep.depends_on.sort()).toEqual(all.sort());
    expect(keep.input).toBe(`\${local.keep_data}`);
  });

  it('reserves no name of a secret once it may be destroyed', () => {
    const [secret] = module.resources.aws_secretsmanager_secret?.this ?? [];
    expect(secret.recovery_window_in_days).toBe(`\${local.keep_data ? 30 : 0}`);
  });

  it.runIf(hasTerraform())('stops a destroy, and none once the data is given up', () => {
    const plan = mkdtempSync(join(tmpdir(), 'liveinsight-keep-'));
    const text = readFileSync(`${folder}keep.tf`, 'utf8').replace(
      /depends_on = \[[^\]]*\]/,
      'depends_on = [terraform_data.table]',
    );
    writeFileSync(
      join(plan, 'main.tf'),
      `variable "keep" { type = bool }\nlocals { keep_data = var.keep }\nresource "terraform_data" "table" {}\n${text}`,
    );
    const run = (...args: string[]) =>
      spawnSync('terraform', [`-chdir=${plan}`, ...args], { encoding: 'utf8' });
    const stored = () => run('state', 'list').stdout.trim().split('\n');
    run('init');
    const apply = (keep: boolean) => run('apply', '-auto-approve', '-var', `keep=${keep}`).status;
    const destroy = () => run('destroy', '-auto-approve', '-no-color', '-var', 'keep=false');
    expect(apply(true)).toBe(0);
    const refused = destroy();
    expect(refused.status).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('set keep_data = false, apply, then destroy');
    expect(stored()).toEqual(['terraform_data.keep_data', 'terraform_data.table']);
    expect(apply(false)).toBe(0);
    expect(destroy().status).toBe(0);
    expect(stored()).toEqual(['']);
    rmSync(plan, { recursive: true });
  });
});
