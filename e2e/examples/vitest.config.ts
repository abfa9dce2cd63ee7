import { defineConfig } from 'vitest/config';
import { findTools, toolEnvironment } from '../../scripts/find-tools.mjs';

// Apart from the other suites: it installs from the npm registry, and builds apps. Two at a time.
export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['*.test.ts'],
    globalSetup: './folder.ts',
    env: toolEnvironment(await findTools()),
    maxConcurrency: 2,
    testTimeout: 300_000,
  },
});
