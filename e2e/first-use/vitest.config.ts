import { defineConfig } from 'vitest/config';
import { findTools, toolEnvironment } from '../../scripts/find-tools.mjs';

// Apart from the other suites: it installs from the npm registry, and builds apps.
export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['*.test.ts'],
    globalSetup: './folder.ts',
    env: toolEnvironment(await findTools()),
    // Each file is an app or a command: two are installed and built at a time.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
