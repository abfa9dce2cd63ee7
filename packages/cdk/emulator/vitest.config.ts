import { defineConfig } from 'vitest/config';
import { findEmulator } from '../../../scripts/emulator.mjs';

// Apart from the other suites: it runs the deployed functions and commands through faults, and needs an emulator of AWS.
export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['*.test.ts'],
    env: {
      AWS_EMULATOR: (await findEmulator()) ?? '',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
