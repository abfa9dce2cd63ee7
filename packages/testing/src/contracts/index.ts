/** For the tests of stores and adapters of your own, and of what is built on them. Needs vitest. */
export { describeAdapter } from './adapter-contract.js';
export type { AdapterFixture, MountedCollector } from './adapter-fixture.js';
export { type BadRequest, badRequests } from './bad-requests.js';
export {
  type Before,
  type ConnectionFixture,
  describeConnections,
  type ListeningServer,
} from './connection-contract.js';
export { describeEventStore } from './event-store-contract.js';
export {
  type Fault,
  type FaultPlan,
  type Faults,
  type FaultyBody,
  type FaultyRequest,
  injectFaults,
} from './faults.js';
export { describeRollupStore } from './rollup-store-contract.js';
export { describeSaltStore } from './salt-store-contract.js';
export { sampleBatch, sampleEvent } from './sample-batch.js';
export { describeSettingsStore } from './settings-store-contract.js';
export { describeStore } from './store-contract.js';
export type { StartFixture, StoreFixture } from './store-fixture.js';
