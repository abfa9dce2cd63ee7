/** The extended build, which also says on the console what it does and why. */
export {
  admit,
  describeElement,
  flushDelayMs,
  install,
  makeRoom,
  readExit,
  readOptions,
  readPage,
  readStorage,
  watchNavigation,
} from './extras-extended.js';

export const explain = (decision: string, ...details: unknown[]): void => {
  console.debug(`LiveInsight ${decision}:`, ...details);
};
