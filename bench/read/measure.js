// Times a piece of work and adds up what the store is charged for it.

/** What a strongly consistent read unit pays for. */
const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;

/**
 * @template Result
 * @param {import('@liveinsight/collector').Store} store
 * @param {() => Promise<Result>} work
 */
export async function measure(store, work) {
  const { arrivals, rollups, newest, putRollup, putSegmentPart } = store;
  let readUnits = 0;
  let logReadUnits = 0;
  let puts = 0;
  let writeUnits = 0;
  let columnUnits = 0;
  store.arrivals = async (query) => {
    const page = await arrivals(query);
    logReadUnits += page.readUnits;
    return page;
  };
  store.rollups = async (...args) => {
    const page = await rollups(...args);
    readUnits += page.readUnits;
    return page;
  };
  store.newest = async (...args) => {
    const state = await newest(...args);
    readUnits += Math.ceil((state?.body.length ?? 1) / READ_UNIT_BYTES);
    return state;
  };
  store.putRollup = async (state) => {
    puts += 1;
    writeUnits += units(state.body.length) + (state.edges ? units(state.edges.length) : 0);
    return putRollup(state);
  };
  store.putSegmentPart = async (key, part) => {
    columnUnits += units(part.bytes.length);
    return putSegmentPart(key, part);
  };
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  Object.assign(store, { arrivals, rollups, newest, putRollup, putSegmentPart });
  return {
    result,
    ms,
    readUnits: readUnits + logReadUnits,
    logReadUnits,
    puts,
    writeUnits,
    columnUnits,
    cpuMs: (user + system) / 1000,
  };
}

/** Of an item of so many bytes beside its keys. @param {number} bytes */
const units = (bytes) => Math.ceil((bytes + 100) / WRITE_UNIT_BYTES);

/** @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
