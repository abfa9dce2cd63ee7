/** One web vital of the site: what three of four page loads are better than, how it is rated, and the shares. */
import type { WebVital } from '@liveinsight/schema';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { relative } from '../report-parts/change.js';
import { Change } from '../report-parts/figures.js';
import { Term } from '../report-parts/term.js';
import { VITALS } from './messages.js';
import { showVital } from './vital-value.js';

const RATINGS = ['good', 'needs_improvement', 'poor'] as const;

interface VitalCardProps {
  vital: WebVital;
  before: WebVital | undefined;
  isChosen: boolean;
}

export function VitalCard({ vital, before, isChosen }: VitalCardProps) {
  const messages = useMessages(VITALS);
  const { hrefTo, format } = useApp();
  const { metric, unit, p50, p75, p95, rating, count } = vital;
  const change = relative(p75, before?.p75);
  return (
    <li class={isChosen ? 'vital shown' : 'vital'}>
      <p class="soft">
        <Term name={metric} definition={messages[metric]} /> · {messages.p75}
      </p>
      <p class="vital-value">
        <a
          href={hrefTo({ own: { metric } })}
          aria-current={isChosen ? 'true' : undefined}
          aria-label={`${metric} ${showVital(p75, unit)}`}
        >
          {showVital(p75, unit)}
        </a>
        {rating && <span class={`pill ${rating}`}>{messages[rating]}</span>}
        {change !== undefined && <Change change={change} better="less" />}
      </p>
      <div class="rated-spread">
        <Spread vital={vital} />
      </div>
      <p class="spread-shares" aria-hidden="true">
        {RATINGS.map((rating) => (
          <span key={rating} class={rating}>
            {format.percent(vital[rating])}
          </span>
        ))}
      </p>
      <p class="soft">
        {messages.percentiles(showVital(p50, unit), showVital(p95, unit))} · n{'\u00a0'}
        {format.number(count)}
      </p>
    </li>
  );
}

/** The shares of page loads that are good, in between and poor, as a bar. */
export function Spread({ vital: { good, needs_improvement, poor } }: { vital: WebVital }) {
  const messages = useMessages(VITALS);
  const { format } = useApp();
  const said = messages.spread(format.percent(good), format.percent(needs_improvement), format.percent(poor));
  return (
    <span class="spread" role="img" aria-label={said} title={said}>
      <i class="good" style={{ '--share': good }} />
      <i class="needs_improvement" style={{ '--share': needs_improvement }} />
      <i class="poor" style={{ '--share': poor }} />
    </span>
  );
}
