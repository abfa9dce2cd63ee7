/** The tracking plan of an application, from its file. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isTrackingPlan, type TrackingPlan } from '@liveinsight/schema';
import { createJiti } from 'jiti';
import { CliError } from '../cli-error.js';

const FOLDERS = ['', 'src/', 'app/', 'lib/', 'src/lib/'];
const DEFAULT_FILES = FOLDERS.flatMap((folder) =>
  ['ts', 'mts', 'js', 'mjs'].map((end) => `${folder}events.${end}`),
);

export interface LoadedPlan {
  plan: TrackingPlan;
  file: string;
  text: string;
}

export async function loadPlan(given: string | undefined): Promise<LoadedPlan> {
  const file = given ?? DEFAULT_FILES.find((path) => existsSync(path));
  if (file === undefined || !existsSync(file))
    throw new CliError(
      file === undefined ? 'there is no events.ts here, nor in src, app or lib' : `there is no ${file}`,
      'Pass the file of your tracking plan with --plan.',
    );
  let exported: Record<string, unknown>;
  try {
    // Node 20 runs no TypeScript.
    exported = await createJiti(resolve('liveinsight'), { fsCache: false }).import(resolve(file));
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw new CliError(`${file}: ${says}`, 'Fix the plan.', { cause: error });
  }
  const plan = Object.values(exported).find(isTrackingPlan);
  if (!plan)
    throw new CliError(
      `${file} exports no tracking plan`,
      'Export what definePlan of @liveinsight/schema returns, for example as `plan`.',
    );
  return { plan, file, text: readFileSync(file, 'utf8') };
}
