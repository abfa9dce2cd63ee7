/** Says on the console what the tracker does, and why. */
export const explain = (decision: string, ...details: unknown[]): undefined => {
  console.debug(`LiveInsight ${decision}:`, ...details);
};
