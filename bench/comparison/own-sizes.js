/** What our built files weigh, in bytes after gzip -9. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const built = {
  LiveInsight: '@liveinsight/tracker/liveinsight.js',
  'LiveInsight extended': '@liveinsight/tracker/liveinsight.extended.js',
};

/** @returns {Record<string, number>} */
export const ownSizes = () =>
  Object.fromEntries(
    Object.entries(built).map(([name, file]) => [
      name,
      gzipSync(readFileSync(fileURLToPath(import.meta.resolve(file))), { level: 9 }).length,
    ]),
  );
