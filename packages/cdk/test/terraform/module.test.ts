/** The Terraform module by itself: its examples, and what it says of wrong values. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, type Hcl, hasTerraform, readModule, terraform } from './module.js';

describe('the module', () => {
  it('has an example for dev and for prod, with a state that is remote, encrypted and locks itself', async () => {
    const { parse } = await import('@cdktf/hcl2json');
    for (const example of ['dev', 'prod']) {
      const file = `${folder}examples/${example}/main.tf`;
      const { terraform: settings, module: used } = (await parse(file, readFileSync(file, 'utf8'))) as Hcl;
      const [{ bucket: _, ...backend }] = settings[0].backend.s3;
      expect(backend).toEqual({
        key: `liveinsight/${example}.tfstate`,
        region: 'us-east-1',
        encrypt: true,
        use_lockfile: true,
      });
      const { variables } = await readModule({});
      const [{ source, ...given }] = used.liveinsight;
      expect(source).toBe('../..');
      expect(Object.keys(given).filter((name) => !variables[name])).toEqual([]);
    }
  });

  it('refuses bad values when a plan is made', async () => {
    const { variables } = await readModule({});
    const checked = Object.keys(variables).filter((name) => variables[name][0].validation);
    expect(checked.sort()).toEqual([
      'cap',
      'default_site',
      'domain',
      'entry_point',
      'environment',
      'firewall',
      'front_door',
      'ingest',
      'log_days',
      'monitoring',
      'package_dir',
      'reserved_concurrency',
      'rollup_every_minutes',
      'sites',
    ]);
  });

  it.runIf(hasTerraform())('names unknown keys and wrong values of what is an object', () => {
    const plan = mkdtempSync(join(tmpdir(), 'liveinsight-variables-'));
    writeFileSync(join(plan, 'variables.tf'), readFileSync(`${folder}variables.tf`));
    mkdirSync(join(plan, 'package/dist/functions'), { recursive: true });
    writeFileSync(join(plan, 'package/dist/functions/ingest.mjs'), '');
    terraform(`-chdir=${plan}`, 'init', '-backend=false');
    const refusal = (sites: unknown, others: Record<string, unknown> = {}) => {
      const given = Object.entries({ sites, ...others }).flatMap(([name, value]) => [
        '-var',
        `${name}=${JSON.stringify(value)}`,
      ]);
      given.push('-var', 'package_dir=package');
      const args = [`-chdir=${plan}`, 'plan', '-no-color', '-input=false', ...given];
      const { status, stderr } = spawnSync('terraform', args, { encoding: 'utf8' });
      return status === 0 ? '' : stderr.replace(/\s*│\s*|\s+/g, ' ');
    };
    const good = { id: 'shop', origins: ['https://shop.example'], retention_days: 400 };
    expect(refusal([good, { id: 'blog' }])).toBe('');
    expect(refusal([{ id: 'shop', retentionDays: 400 }])).toContain(
      'unknown key in sites: retentionDays (allowed: id',
    );
    expect(refusal([{ id: 'shop', retention_days: 2 }])).toContain(
      'retention_days must be a whole number from 3',
    );
    const steps = [{ from: '2027-02-31T00:00:00Z', count: 2 }];
    expect(refusal([{ id: 'shop', shard_steps: steps }])).toContain('shard_steps must have only from');
    const units = { write_units_per_second: 100, read_units_per_second: 50 };
    const domain = {
      names: ['stats.shop.example'],
      certificate_arn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
    };
    expect(refusal([good], { cap: units, domain, firewall: {} })).toBe('');
    expect(refusal([good], { firewall: { requests_per_five_minutes: 500 } })).toBe('');
    const wrong = {
      cap: { write_units_per_second: 100, readUnitsPerSecond: 50 },
      domain: { ...domain, certificate: 'arn' },
      firewall: { requests_per_minute: 500 },
    };
    const all = refusal([good], wrong);
    expect(all).toContain(
      'unknown key in cap: readUnitsPerSecond (allowed: write_units_per_second, read_units_per_second)',
    );
    expect(all).toContain('unknown key in domain: certificate (allowed: names, certificate_arn)');
    expect(all).toContain(
      'unknown key in firewall: requests_per_minute (allowed: requests_per_five_minutes)',
    );
    const values = {
      cap: { ...units, read_units_per_second: 0.5 },
      domain: { names: [], certificate_arn: 'arn:aws:acm:eu-central-1:1:certificate/1' },
      firewall: { requests_per_five_minutes: 1 },
    };
    const each = refusal([good], values);
    for (const problem of [
      'cap must have write_units_per_second and read_units_per_second, each a whole number',
      'domain must have names, a list with at least one name',
      'domain must have certificate_arn, the ARN of a certificate in us-east-1',
      'requests_per_five_minutes must be a whole number from 10',
    ]) {
      expect(each).toContain(problem);
    }
    rmSync(plan, { recursive: true });
  });

  const formatted = hasTerraform()
    ? 'is formatted as Terraform formats it'
    : 'is formatted: not checked, as Terraform is not installed here';
  it.runIf(hasTerraform())(formatted, () => {
    expect(terraform('fmt', '-check', '-list=true', '-recursive', folder)).toBe('');
  });
});
