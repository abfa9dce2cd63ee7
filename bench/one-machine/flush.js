// What the disk itself takes to have a page safe: no store that flushes can answer sooner.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLUSHES = 500;

/** In ms. */
export function measureFlush() {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-flush-'));
  const file = openSync(join(path, 'log'), 'w');
  const page = Buffer.alloc(4_096, 1);
  const times = Array.from({ length: FLUSHES }, () => {
    writeSync(file, page);
    const start = performance.now();
    fdatasyncSync(file);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  closeSync(file);
  rmSync(path, { recursive: true });
  return { p50: times[FLUSHES * 0.5] ?? 0, p99: times[FLUSHES * 0.99] ?? 0 };
}
