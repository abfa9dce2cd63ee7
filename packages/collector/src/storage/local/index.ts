/** A database that runs on this machine, without an account: for development, tests and benchmarks. */
export { type Dynalite, type DynaliteOptions, startDynalite } from './dynalite.js';
