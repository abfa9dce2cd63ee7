// Adds up what a store is charged for reading numbers: the log, stored hours and marks.

/** What a strongly consistent read unit pays for. */
const READ_UNIT_BYTES = 4_096;

/** @param {import('@liveinsight/collector').Store} store */
export function meter(store) {
  let units = 0;
  /** @type {import('@liveinsight/collector').Store} */
  const metered = {
    ...store,
    async arrivals(query) {
      const page = await store.arrivals(query);
      units += page.readUnits;
      return page;
    },
    async rollups(...args) {
      const page = await store.rollups(...args);
      units += page.readUnits;
      return page;
    },
    async newest(...args) {
      const state = await store.newest(...args);
      units += Math.ceil((state?.body.length ?? 1) / READ_UNIT_BYTES);
      return state;
    },
    async markedDays(site, cause, options) {
      const marks = await store.markedDays(site, cause, options);
      units += options?.consistent === false ? 0.5 : 1;
      return marks;
    },
  };
  return { store: metered, units: () => units };
}
