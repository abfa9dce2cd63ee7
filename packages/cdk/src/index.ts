/** LiveInsight on AWS, as a CDK construct. */
export { LiveInsight } from './live-insight.js';
export type { Domain, Firewall, LiveInsightProps, ThroughputCap } from './options.js';
