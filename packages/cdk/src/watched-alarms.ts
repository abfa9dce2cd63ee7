/** Which of the alarms a deployment has. Each metric that an alarm looks at costs by itself. */
import { type AlarmSpec, alarmSpecs } from './alarm-specs.js';

/** With `monitoring: 'lean'`: events or numbers are lost or late, or functions fail, which a rollout goes by, too. */
const LEAN = new Set([
  'api-5xx',
  'buffer-age',
  'dead-letters',
  'processing-errors',
  'rollup-lag',
  'undecodable-batches',
]);

const isLean = ({ id }: AlarmSpec) => LEAN.has(id) || id.endsWith('-errors');

export function watchedAlarms(...[deployment, ...rest]: Parameters<typeof alarmSpecs>): AlarmSpec[] {
  const all = alarmSpecs(deployment, ...rest);
  return deployment.monitoring === 'lean' ? all.filter(isLean) : all;
}
