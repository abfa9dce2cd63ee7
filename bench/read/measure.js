// Times a piece of work and adds up the read units that the store charged for it.

/**
 * @template Result
 * @param {import('@liveinsight/collector').Store} store
 * @param {() => Promise<Result>} work
 */
export async function measure(store, work) {
  const original = { arrivals: store.arrivals, rollups: store.rollups };
  let readUnits = 0;
  store.arrivals = async (query) => {
    const page = await original.arrivals(query);
    readUnits += page.readUnits;
    return page;
  };
  store.rollups = async (...args) => {
    const page = await original.rollups(...args);
    readUnits += page.readUnits;
    return page;
  };
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  Object.assign(store, original);
  return { result, ms, readUnits, cpuMs: (user + system) / 1000 };
}

/** @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
