/** What the command line and the construct check what people write with. */
export { configFileProblems, deploymentProblems } from './deployment.js';
