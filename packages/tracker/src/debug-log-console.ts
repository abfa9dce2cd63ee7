/** Says on the console what the tracker does, and why. */
export const debugLog = (decision: string, ...details: unknown[]): undefined => {
  console.debug(`LiveInsight ${decision}:`, ...details);
};
