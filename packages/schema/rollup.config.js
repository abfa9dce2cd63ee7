import { library } from '../../scripts/rollup.mjs';

export default library({ index: '.build/index.js', limits: '.build/limits.js' });
