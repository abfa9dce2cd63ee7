/** A funnel in the URL, as parameters of the API, and as it is stored. Pure. */
import type { Funnel, SettingInputs } from '@liveinsight/schema';

export interface Step {
  kind: 'page' | 'event';
  /** Path of a page, `*` at its end matches everything that follows; or name of an event or conversion. */
  value: string;
  /** Maximum time since the previous step, such as `10m`; empty: any time. */
  within: string;
}

export const NO_STEP: Step = { kind: 'page', value: '', within: '' };
export const MIN_STEPS = 2;
export const MAX_STEPS = 10;

/** `steps` and `step_within`, as the API takes them. */
export interface StepParameters {
  steps: string;
  step_within: string;
}

export function parseSteps({ steps = '', step_within = '' }: Partial<StepParameters>): Step[] {
  const times = new Map(
    step_within
      .split(',')
      .map((one): [string, string] => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)]),
  );
  return steps
    .split(/,(?=(?:page|event|conversion):)/)
    .filter((raw) => /^(page|event|conversion):./.test(raw))
    .map((raw, at) => {
      const colon = raw.indexOf(':');
      const kind = raw.slice(0, colon) === 'page' ? 'page' : 'event';
      return { kind, value: raw.slice(colon + 1), within: isTime(times.get(String(at + 1))) };
    });
}

export const formatSteps = (steps: readonly Step[]): StepParameters => ({
  steps: steps.map(({ kind, value }) => `${kind}:${value}`).join(','),
  step_within: steps
    .flatMap(({ within }, at) => (within === '' || at === 0 ? [] : [`${at + 1}:${within}`]))
    .join(','),
});

/** Whether it can be asked for. */
export const isComplete = (steps: readonly Step[]): boolean =>
  steps.length >= MIN_STEPS && steps.every(({ value }) => value.trim() !== '');

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

const isTime = (raw: string | undefined): string => (raw && /^[1-9]\d{0,6}[smhd]$/.test(raw) ? raw : '');

/** In seconds; undefined: any. */
function toSeconds(within: string): number | undefined {
  const unit = SECONDS[within.slice(-1)];
  return unit === undefined ? undefined : Number(within.slice(0, -1)) * unit;
}

/** In the largest unit that says it wholly. */
function formatDelay(seconds: number): string {
  const [unit, length] = Object.entries(SECONDS).findLast(([, length]) => seconds % length === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

export const fromStoredSteps = ({ steps }: Pick<Funnel, 'steps'>): Step[] =>
  steps.map(({ page, event, within_s }) => ({
    kind: page === undefined ? 'event' : 'page',
    value: page ?? event ?? '',
    within: within_s === undefined ? '' : formatDelay(within_s),
  }));

export function toFunnelInput(name: string, steps: readonly Step[]): SettingInputs['funnel'] {
  return {
    name,
    steps: steps.map(({ kind, value, within }, at) => {
      const within_s = at === 0 ? undefined : toSeconds(within);
      return { [kind]: value.trim(), ...(within_s === undefined ? {} : { within_s }) };
    }),
  };
}
