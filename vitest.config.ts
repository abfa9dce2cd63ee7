import { defineConfig } from 'vitest/config';

const project = (name: string, root: string, more: object = {}) => ({
  test: { name, root, include: ['test/**/*.test.ts'], ...more },
});

// Sources resolve our own packages through their `exports`, so tests run what is built and published.
export default defineConfig({
  test: {
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
