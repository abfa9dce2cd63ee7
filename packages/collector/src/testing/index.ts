/** For the tests of stores, and of what is built on them. Needs vitest. */
export { type AdapterBed, describeAdapter, type MountedCollector } from './adapter-contract.js';
export { type BadRequest, badRequests } from './bad-requests.js';
export {
  type Before,
  type ConnectionBed,
  describeConnections,
  type ListeningServer,
} from './connection-contract.js';
export { type Fault, type FaultPlan, type Faults, type FaultyRequest, injectFaults } from './faults.js';
export { sampleBatch, sampleEvent } from './sample-batch.js';
export { describeEventStore, type StoreBed } from './store-contract.js';
