import { defineConfig } from 'vitest/config';
import { findTools, toolEnvironment } from '../../scripts/find-tools.mjs';

// Apart from the other suites: it runs a registry of its own, which asks npm's for what it does not have.
export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['*.test.ts'],
    globalSetup: './setup.ts',
    env: toolEnvironment(await findTools()),
    testTimeout: 300_000,
  },
});
