import { cpSync, rmSync } from 'node:fs';
import { library } from '../../scripts/rollup.mjs';

const recipe = library({ index: 'src/index.ts', main: 'src/main.ts' });

/** The demo shop travels with the command, so that `npx liveinsight dev` has it anywhere. */
const shop = {
  name: 'demo-shop',
  closeBundle() {
    rmSync('dist/shop', { recursive: true, force: true });
    cpSync('../../examples/shop/dist', 'dist/shop', { recursive: true });
  },
};

export default { ...recipe, plugins: [recipe.plugins, shop] };
