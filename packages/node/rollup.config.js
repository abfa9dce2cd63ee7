import { library } from '../../scripts/rollup.mjs';

export default library({ index: 'src/index.ts' });
