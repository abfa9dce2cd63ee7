/** Deletes a deployment after a confirmation, and its data only on request. */
import { createInterface } from 'node:readline/promises';
import { CliError } from '../cli-error.js';
import { print } from '../print.js';
import { findCdk, runCdk, synthesise } from './cdk-app.js';
import type { Deployment } from './deployment.js';
import { withAwsHints } from './error-hints.js';
import { deleteLeftovers, findLeftovers, type Leftovers, withStoreClients } from './leftovers.js';

export interface DestroyOptions {
  config: string;
  deleteData?: boolean;
  /** The name of the deployment, which replaces the confirmation. */
  yes?: string;
}

export async function destroy(deployment: Deployment, options: DestroyOptions): Promise<void> {
  await confirm(deployment, options);
  await withStoreClients(deployment, async (clients) => {
    // Asked before anything is deleted: without the permission to look, nothing could be said about the data.
    const find = () => withAwsHints(deployment, 'destroy', () => findLeftovers(clients, deployment));
    await find();
    findCdk();
    await synthesise(deployment, options.config, { isChecked: false });
    await runCdk(['destroy', '--force'], deployment);
    const found = await find();
    if (!options.deleteData) {
      explainKept(deployment, found);
      return;
    }
    const failures = await deleteLeftovers(clients, found);
    if (failures.length > 0) {
      throw new CliError(
        `the stack is deleted, but these remain: ${failures.join('; ')}`,
        `Run the same command again: it deletes what remains.`,
      );
    }
    print(`Nothing of "${deployment.environment}" is left, except backups that you have created.`);
  });
}

function explainKept({ environment }: Deployment, { tables, secrets, logs }: Leftovers): void {
  const kept = [...tables, ...secrets, ...logs];
  if (kept.length === 0) return;
  print(`Kept: ${kept.join(', ')}.`);
  print(
    `\`liveinsight deploy ${environment}\` takes them over again, with all data. To delete them for good:`,
  );
  print(`  liveinsight destroy ${environment} --delete-data`);
}

async function confirm({ environment }: Deployment, { yes, deleteData }: DestroyOptions): Promise<void> {
  let given = yes;
  if (given === undefined) {
    if (!process.stdin.isTTY) {
      throw new CliError(
        'confirmation required, but stdin is not a terminal',
        `To delete without confirmation, pass --yes ${environment}`,
      );
    }
    const asking = createInterface({ input: process.stdin, output: process.stdout });
    const what = deleteData ? 'functions, domain, keys AND ALL DATA' : 'functions, domain and keys';
    given = await asking.question(`This deletes ${what} of "${environment}". Type its name to continue: `);
    asking.close();
  }
  if (given.trim() !== environment) {
    throw new CliError(`"${given.trim()}" does not match "${environment}"`, 'Nothing was deleted.');
  }
}
