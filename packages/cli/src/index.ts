/** What the command line does, for programs: the dev server, to be started in a test or a script. */
export { type DevOptions, type DevServer, startDev } from './dev/dev-server.js';
export { Failure } from './failure.js';
