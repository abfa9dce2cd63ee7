import { library } from '../../scripts/rollup.mjs';

export default library({
  index: 'src/index.ts',
  vitest: 'src/vitest.ts',
  playwright: 'src/playwright.ts',
  'contracts/index': 'src/contracts/index.ts',
});
