import { defineConfig } from 'vitest/config';
import { findTools, toolEnvironment } from '../../scripts/find-tools.mjs';

const TEN_MINUTES_MS = 600_000;

// Apart from the other suites: it installs and builds for minutes, from the npm registry.
export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['frameworks.test.ts'],
    env: toolEnvironment(await findTools()),
    testTimeout: TEN_MINUTES_MS,
    hookTimeout: TEN_MINUTES_MS,
  },
});
