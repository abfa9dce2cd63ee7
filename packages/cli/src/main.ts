/** The program: its commands, and what its exit codes mean. */
import { createRequire } from 'node:module';
import { format } from 'node:util';
import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { awsCommands } from './commands/aws.js';
import { checkCommand } from './commands/check.js';
import { devCommand } from './commands/dev.js';
import { doctorCommand } from './commands/doctor.js';
import { eraseCommand } from './commands/erase.js';
import { exportCommand } from './commands/export.js';
import { importCommand } from './commands/import.js';
import { initCommand } from './commands/init.js';
import { rollupCommand } from './commands/rollup.js';
import { serveCommand } from './commands/serve.js';
import { tablesCommand } from './commands/tables.js';
import { tailCommand } from './commands/tail.js';
import { ignoreClosedOutput, printError, printNote } from './print.js';

// `liveinsight doctor` warns about old Node versions; the SDK would warn at every call.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

ignoreClosedOutput();

// Libraries may log values that visitors sent, so their output is sanitized too.
console.error = console.warn = console.log = (...parts) => printNote(format(...parts));

const { version } = createRequire(import.meta.url)('liveinsight/package.json');

const OPTIONS_HINT =
  'Set the same environment variables as for the collector, or pass the folder of an embedded database with --data.';

const program = new Command('liveinsight')
  .description('Self-hosted web analytics: try it locally, deploy it to AWS, manage its data.')
  .version(version)
  .configureHelp({ subcommandTerm: (command) => command.name() })
  .addHelpText('after', '\nExit codes: 0 success, 1 failure, 2 usage error.');
const commands = [
  initCommand(),
  devCommand(),
  serveCommand(),
  tablesCommand(),
  tailCommand(),
  rollupCommand(),
  exportCommand(),
  importCommand(),
  eraseCommand(),
  doctorCommand(),
  checkCommand(),
  ...awsCommands(),
];
for (const command of commands) {
  program.addCommand(command.copyInheritedSettings(program).exitOverride());
}

try {
  await program
    .exitOverride()
    .showHelpAfterError('(run with --help to list commands and options)')
    .parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Compares the name, because only the commands that need the collector load it. */
function isOptionsError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'OptionsError';
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CliError) printError(error.message, error.remedy);
  else if (isOptionsError(error)) printError(error.message, OPTIONS_HINT);
  else printError(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
