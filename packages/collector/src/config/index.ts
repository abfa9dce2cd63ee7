/** Validation and limits that the command line and the CDK construct share with the collector. */

export { readKeyFromEnvironment } from '../options-from-env.js';
export { SETTLE_MS } from '../rollup/settle-time.js';
export { shardCount } from '../sites/sharding.js';
export { type SiteJson, siteFromJson, siteToJson } from '../sites/site-json.js';
export { MIN_SECRET_CHARS, RECOMMENDED_KEY_CHARS } from '../validate-options.js';
export { configFileProblems, deploymentProblems } from './deployment.js';
export { entryPointProblems } from './function-url-regions.js';
