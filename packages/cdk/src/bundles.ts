/** Where the built functions lie in this package, wherever the bundler has put the code that asks. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const bundlesFolder = join(
  dirname(createRequire(import.meta.url).resolve('@liveinsight/cdk/package.json')),
  'dist/functions',
);
