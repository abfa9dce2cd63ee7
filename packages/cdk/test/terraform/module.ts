/** The Terraform module as data, read without Terraform and without a network. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from '@cdktf/hcl2json';

// biome-ignore lint/suspicious/noExplicitAny: a parsed file, whose resources are compared, part by part, with a template's: see `Resource`, which has no type for the same reason
export type Hcl = any;

export const folder = fileURLToPath(new URL('../../../../infra/terraform/', import.meta.url));

export interface Module {
  locals: Hcl;
  variables: Hcl;
  /** By type, then name. */
  resources: Record<string, Record<string, Hcl[]>>;
  data: Record<string, Record<string, Hcl[]>>;
}

/** @param values what expressions stand for, by their text as `${local.prefix}` */
export async function readModule(values: Record<string, string>): Promise<Module> {
  const module: Module = { locals: {}, variables: {}, resources: {}, data: {} };
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.tf'))) {
    const text = readFileSync(folder + file, 'utf8');
    const hcl = substitute(await parse(file, text), values);
    for (const locals of hcl.locals ?? []) Object.assign(module.locals, locals);
    Object.assign(module.variables, hcl.variable);
    for (const [type, named] of Object.entries<Hcl>(hcl.resource ?? {})) {
      module.resources[type] = { ...module.resources[type], ...named };
    }
    for (const [type, named] of Object.entries<Hcl>(hcl.data ?? {})) {
      module.data[type] = { ...module.data[type], ...named };
    }
  }
  return module;
}

function substitute(hcl: Hcl, values: Record<string, string>): Hcl {
  if (typeof hcl === 'string') {
    return Object.entries(values).reduce(
      (text, [expression, value]) => text.replaceAll(expression, value),
      hcl,
    );
  }
  if (Array.isArray(hcl)) return hcl.map((item) => substitute(item, values));
  if (hcl === null || typeof hcl !== 'object') return hcl;
  return Object.fromEntries(Object.entries(hcl).map(([name, value]) => [name, substitute(value, values)]));
}

/** Runs Terraform where it is installed. */
export function terraform(...args: string[]): string {
  return execFileSync('terraform', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

export function hasTerraform(): boolean {
  try {
    return terraform('version').startsWith('Terraform');
  } catch {
    return false;
  }
}
