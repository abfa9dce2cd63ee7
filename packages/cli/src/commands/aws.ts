/** The commands that manage a deployment on AWS. Each loads its dependencies when it runs. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { CONFIG_FILE, getDeployment, parseEnvironment } from '../aws/deployment.js';
import { dataOption, parseTime } from '../options.js';

interface RestoreOptions {
  at?: Date;
  data?: string;
  suffix: string;
}

function parseSuffix(text: string): string {
  if (/^[a-zA-Z0-9_.-]{1,40}$/.test(text)) return text;
  throw new InvalidArgumentError('Use 1 to 40 of a-z, A-Z, 0-9, _, . and -.');
}

const environment = () =>
  new Argument('<environment>', 'name of the deployment, for example prod').argParser(parseEnvironment);
const config = () => new Option('-c, --config <file>', 'configuration file').default(CONFIG_FILE);

/** Of an argument that can also be a folder. */
function toDeployment(name: string, command: Command) {
  try {
    return getDeployment(parseEnvironment(name));
  } catch (error) {
    if (error instanceof InvalidArgumentError) command.error(`error: ${error.message}`, { exitCode: 2 });
    throw error;
  }
}

export function awsCommands(): Command[] {
  const deploy = new Command('deploy')
    .description('create or update a deployment on AWS')
    .addArgument(environment())
    .addOption(config())
    .option('--synth', 'only show what would be created; needs no AWS account')
    .option('-y, --yes', 'do not ask before broadening permissions')
    .action(async (name, options) => (await import('../aws/deploy.js')).deploy(getDeployment(name), options));

  const rollback = new Command('rollback')
    .description('point every function of a deployment to its previous release; ends a canary')
    .addArgument(environment())
    .option('--to <release>', 'release to go to, as `liveinsight status` lists them, or number of a version')
    .action(async (name, { to }) => (await import('../aws/rollback.js')).rollback(getDeployment(name), to));

  const status = new Command('status')
    .description('show versions, canaries, alarms, queues, keys and roll-ups of a deployment')
    .addArgument(environment())
    .option('--json', 'print the status as JSON')
    .action(async (name, options) => (await import('../aws/status.js')).status(getDeployment(name), options));

  const keys = new Command('keys')
    .description('show, rotate or retire keys of a deployment')
    .addArgument(
      new Argument('<action>', 'rotate keeps the old key valid until you retire it').choices([
        'show',
        'rotate',
        'retire',
      ]),
    )
    .addArgument(environment())
    .addArgument(
      new Argument('<kind>', 'origin is the secret that CloudFront sends to the functions').choices([
        'read',
        'admin',
        'origin',
      ]),
    )
    .action(async (action, name, kind) =>
      (await import('../aws/keys.js')).keys(action, getDeployment(name), kind),
    );

  const backup = new Command('backup')
    .description(
      'back up the tables of a deployment, or with --data a folder on this machine, also while it is in use',
    )
    .argument(
      '<environment>',
      'name of the deployment, for example prod; with --data, the folder to write to',
    )
    .addOption(dataOption())
    .action(async (name: string, { data }: { data?: string }, command: Command) =>
      data === undefined
        ? (await import('../aws/backups.js')).backup(toDeployment(name, command))
        : (await import('../data/local-backup.js')).backUpFolder(data, name),
    );

  const restore = new Command('restore')
    .description(
      'show the restorable time range; with --at, restore copies of the tables; with --data, restore a backup to that folder',
    )
    .argument(
      '<environment>',
      'name of the deployment, for example prod; with --data, the folder of the backup',
    )
    .option('--at <time>', 'point in time, for example 2026-01-31T12:00:00Z', parseTime)
    .addOption(
      new Option('--suffix <text>', 'end of the names of the copies')
        .default('restored')
        .argParser(parseSuffix),
    )
    .addOption(dataOption())
    .action(async (name: string, { at, data, suffix }: RestoreOptions, command: Command) =>
      data === undefined
        ? (await import('../aws/backups.js')).restore(toDeployment(name, command), at, suffix)
        : (await import('../data/local-backup.js')).restoreFolder(data, name),
    );

  const redrive = new Command('redrive')
    .description('move batches from the dead-letter queue back to the buffer')
    .addArgument(environment())
    .action(async (name) => (await import('../aws/redrive.js')).redrive(getDeployment(name)));

  const destroy = new Command('destroy')
    .description('delete a deployment, after you confirm its name')
    .addArgument(environment())
    .addOption(config())
    .option('--delete-data', 'also delete tables, secrets and logs, which are retained otherwise')
    .option('--yes <environment>', 'confirm with the name of the deployment, for scripts')
    .action(async (name, options) =>
      (await import('../aws/destroy.js')).destroy(getDeployment(name), options),
    );

  return [deploy, status, rollback, keys, backup, restore, redrive, destroy];
}
