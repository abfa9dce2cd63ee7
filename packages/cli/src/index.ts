/** What the command line does, for programs: the dev server, to be started in a test or a script. */

export { CliError } from './cli-error.js';
export { type DevOptions, type DevServer, startDev } from './dev/dev-server.js';
