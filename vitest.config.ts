import { defineConfig } from 'vitest/config';
import { findTools, toolEnvironment } from './scripts/find-tools.mjs';

const project = (name: string, root: string, more: object = {}) => ({
  // A test that waits for what never comes fails by its time-out; a slow machine is no reason to.
  test: {
    name,
    root,
    include: ['test/**/*.test.ts'],
    env: tools,
    allowOnly: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    ...more,
  },
});

// Suites read where the browsers and Java are from here: CHROMIUM_PATH, CHROMIUM_SHELL_PATH, FIREFOX_PATH …
const tools = {
  ...toolEnvironment(await findTools()),
  // That it will leave Node 20 is no news to every process of a test run.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

// Suites that share nothing but what they import load it once a worker: `isolate: false`.
// Sources resolve our own packages through their `exports`, so tests run what is built and published.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('schema', 'packages/schema', { isolate: false }),
      project('tracker', 'packages/tracker', { isolate: false }),
      project('collector', 'packages/collector', { isolate: false }),
      project('dashboard', 'packages/dashboard'),
      project('cli', 'packages/cli'),
      project('cdk', 'packages/cdk', { isolate: false }),
      project('node', 'packages/node', { isolate: false }),
      project('testing', 'packages/testing', { isolate: false }),
      project('examples', 'examples', { include: ['*/test/**/*.test.ts'] }),
      project('bench', 'bench'),
      project('e2e', 'e2e', { isolate: false }),
      project('repo', '.', { include: ['tests/**/*.test.ts'] }),
    ],
  },
});
