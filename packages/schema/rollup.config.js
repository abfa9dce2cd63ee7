import { library } from '../../scripts/rollup.mjs';

const { output, ...options } = library({
  index: 'src/index.ts',
  limits: 'src/limits.ts',
  visit: 'src/visit.ts',
});

/** A module for each source: whoever validates batches alone bundles no schemas of answers. */
export default { ...options, output: { ...output, preserveModules: true, preserveModulesRoot: 'src' } };
