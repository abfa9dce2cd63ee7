/** How many page loads are good, in between and poor in one web vital, beside the percentile by which it is rated. */
import type { WebVital } from '@liveinsight/schema';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { VITALS } from './messages.js';
import { showVital, THRESHOLDS } from './vital-value.js';

export function Distribution({ vital }: { vital: WebVital }) {
  const messages = useMessages(VITALS);
  const { format } = useApp();
  const { metric, unit, count, p75, rating } = vital;
  const [good, poor] = THRESHOLDS[metric].map((value) => showVital(value, unit)) as [string, string];
  const parts = [
    ['good', messages.at_most(good)],
    ['needs_improvement', messages.between(good, poor)],
    ['poor', messages.above(poor)],
  ] as const;
  return (
    <div class="distribution">
      <ul aria-label={messages.distribution(metric)}>
        {parts.map(([part, range]) => (
          <li key={part} class={part} style={{ '--share': vital[part] }}>
            <span class="part-name">
              <b>{messages[part]}</b> <span class="soft">{range}</span>
            </span>
            <span class="part-bar" aria-hidden="true" />
            <b>{format.percent(vital[part])}</b>
            <span class="soft">{format.number(Math.round(count * vital[part]))}</span>
          </li>
        ))}
      </ul>
      {p75 !== null && rating && (
        <p class="soft">{messages.three_of_four(showVital(p75, unit), messages[rating])}</p>
      )}
    </div>
  );
}
