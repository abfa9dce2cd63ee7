/** The reader of the event log, as the command line and the functions on AWS use it. */
export { readPartition } from './read-partition.js';
export { firstArrival, type LogRange, scanForward } from './scan-forward.js';
