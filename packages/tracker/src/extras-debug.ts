/** The extended build, which also says on the console what it does and why. */
export * from './extras-extended.js';

export const explain = (decision: string, ...details: unknown[]): void => {
  console.debug(`LiveInsight ${decision}:`, ...details);
};
