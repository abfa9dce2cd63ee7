import { defineConfig } from 'vitest/config';
import { findTools, toolEnvironment } from './scripts/find-tools.mjs';

const project = (name: string, root: string, more: object = {}) => ({
  test: { name, root, include: ['test/**/*.test.ts'], env: tools, ...more },
});

// Suites read where the browsers and Java are from here: CHROMIUM_PATH, FIREFOX_PATH, WEBKIT_PATH, JAVA_PATH.
const tools = toolEnvironment(await findTools());

// Sources resolve our own packages through their `exports`, so tests run what is built and published.
export default defineConfig({
  test: {
    allowOnly: false,
    maxWorkers: 2,
    projects: [
      project('schema', 'packages/schema'),
      project('tracker', 'packages/tracker'),
      project('collector', 'packages/collector'),
      project('cli', 'packages/cli'),
      project('examples', 'examples', { include: ['*/test/**/*.test.ts'] }),
      project('bench', 'bench'),
      project('e2e', 'e2e', { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('repo', '.', { include: ['tests/**/*.test.ts'] }),
    ],
  },
});
