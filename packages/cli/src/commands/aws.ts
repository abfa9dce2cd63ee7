/** The commands for a deployment on AWS: made, put back, looked after, deleted. What they need is loaded when they run. */
import { Argument, Command, Option } from 'commander';
import { CONFIG_FILE, getDeployment, parseEnvironment } from '../aws/deployment.js';
import { parseTime } from '../options.js';

const environment = () =>
  new Argument('<environment>', 'name of the deployment, as prod').argParser(parseEnvironment);
const config = () => new Option('-c, --config <file>', 'what is deployed').default(CONFIG_FILE);

export function awsCommands(): Command[] {
  const deploy = new Command('deploy')
    .description('make or update a deployment on AWS')
    .addArgument(environment())
    .addOption(config())
    .option('--synth', 'only show what would be made; needs no account')
    .option('-y, --yes', 'do not ask before permissions are widened')
    .action(async (name, options) => (await import('../aws/deploy.js')).deploy(getDeployment(name), options));

  const rollback = new Command('rollback')
    .description('point every function of a deployment to the version before')
    .addArgument(environment())
    .action(async (name) => (await import('../aws/rollback.js')).rollback(getDeployment(name)));

  const keys = new Command('keys')
    .description('show, rotate or retire the keys of a deployment')
    .addArgument(
      new Argument('<action>', 'rotate keeps the old key valid; retire ends that').choices([
        'show',
        'rotate',
        'retire',
      ]),
    )
    .addArgument(environment())
    .addArgument(
      new Argument('<kind>', 'origin is what CloudFront shows to the functions').choices([
        'read',
        'admin',
        'origin',
      ]),
    )
    .action(async (action, name, kind) =>
      (await import('../aws/keys.js')).keys(action, getDeployment(name), kind),
    );

  const backup = new Command('backup')
    .description('back both tables of a deployment up, until deleted')
    .addArgument(environment())
    .action(async (name) => (await import('../aws/backups.js')).backup(getDeployment(name)));

  const restore = new Command('restore')
    .description('say to when the tables can be brought back; with --at, do so beside those in use')
    .addArgument(environment())
    .option('--at <time>', 'as 2026-01-31T12:00:00Z', parseTime)
    .action(async (name, { at }) => (await import('../aws/backups.js')).restore(getDeployment(name), at));

  const redrive = new Command('redrive')
    .description('give what waits in the dead-letter queue back to the buffer')
    .addArgument(environment())
    .action(async (name) => (await import('../aws/redrive.js')).redrive(getDeployment(name)));

  const destroy = new Command('destroy')
    .description('delete a deployment, after asking for its name')
    .addArgument(environment())
    .addOption(config())
    .option('--delete-data', 'the tables, too, where they are protected')
    .option('--yes <environment>', 'the name, where nobody can be asked')
    .action(async (name, options) =>
      (await import('../aws/destroy.js')).destroy(getDeployment(name), options),
    );

  return [deploy, rollback, keys, backup, restore, redrive, destroy];
}
