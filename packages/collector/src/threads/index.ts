/** The collector in two threads, on the store of one machine. */
export { createThreadedCollector, type ThreadedCollectorOptions } from './threaded-collector.js';
