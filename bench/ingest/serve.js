// A server in a process of its own, which tells its port and, when asked, what it has used.

/** @typedef {{ cpuMs: number, rssMb: number }} Usage */

/** @param {import('express').Express} app */
export function serve(app) {
  const server = app.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
  });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const { maxRSS } = process.resourceUsage();
    process.send?.({ cpuMs: (user + system) / 1_000, rssMb: maxRSS / 1_024 });
  });
  process.on('disconnect', () => process.exit());
}
