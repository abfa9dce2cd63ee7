/** The program: its commands, and what its exit codes mean. */
import { createRequire } from 'node:module';
import { format } from 'node:util';
import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { awsCommands } from './commands/aws.js';
import { devCommand } from './commands/dev.js';
import { doctorCommand } from './commands/doctor.js';
import { eraseCommand } from './commands/erase.js';
import { exportCommand } from './commands/export.js';
import { importCommand } from './commands/import.js';
import { rollupCommand } from './commands/rollup.js';
import { tablesCommand } from './commands/tables.js';
import { tailCommand } from './commands/tail.js';
import { printError, printNote } from './print.js';

// What Node 20 lacks is for the doctor to say, not for the SDK at every call.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// What a library logs may quote what visitors sent.
console.error = console.warn = console.log = (...parts) => printNote(format(...parts));

const { version } = createRequire(import.meta.url)('liveinsight/package.json');

const OF_OPTIONS =
  'Set the variables as the collector has them, or give the folder of an embedded database with --data.';

const program = new Command('liveinsight')
  .description('Web analytics whose data are your own: from the visitor’s click to your DynamoDB, live.')
  .version(version)
  .configureHelp({ subcommandTerm: (command) => command.name() })
  .addHelpText(
    'after',
    '\nExit codes: 0 well, 1 something is wrong (and said), 2 the command is not understood.',
  );
const commands = [
  devCommand(),
  tablesCommand(),
  tailCommand(),
  rollupCommand(),
  exportCommand(),
  importCommand(),
  eraseCommand(),
  doctorCommand(),
  ...awsCommands(),
];
for (const command of commands) {
  program.addCommand(command.copyInheritedSettings(program).exitOverride());
}

try {
  await program.exitOverride().showHelpAfterError('(add --help for what there is)').parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Told by its name: the collector itself is loaded by the commands that need it. */
function isOptionsError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'OptionsError';
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CliError) printError(error.message, error.remedy);
  else if (isOptionsError(error)) printError(error.message, OF_OPTIONS);
  else printError(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
