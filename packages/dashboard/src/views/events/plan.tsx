/** What the tracking plan says of events, and how some differ from it. */
import type { PlanData, PlanDeviation } from '@liveinsight/schema';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { EVENTS } from './messages.js';

/** Below the name of an event: what it means, or that it is not in the plan. Nothing where there is no plan. */
export function PlannedAs({ event, plan }: { event: string; plan: PlanData | undefined }) {
  const messages = useMessages(EVENTS);
  // All conversions are one row; their types are planned, not this.
  if (!plan?.events || event === 'conversion') return null;
  const planned = plan.events.find(({ name }) => name === event);
  return planned ? (
    <small class="event-plan soft">{planned.description}</small>
  ) : (
    <small class="event-plan not-planned">{messages.not_planned}</small>
  );
}

export function PlanDifferences({ plan }: { plan: PlanData | undefined }) {
  const messages = useMessages(EVENTS);
  const { format } = useApp();
  if (!plan?.known_from || plan.differences.length === 0) return null;
  const count = plan.differences.reduce((sum, difference) => sum + difference.count, 0);
  return (
    <details class="plan-differences soft">
      <summary>{messages.differ(format.number(count))}</summary>
      <p>{messages.differ_hint(format.moment(plan.known_from))}</p>
      <ul>
        {plan.differences.map((difference) => (
          <Difference key={`${difference.code} ${difference.event} ${difference.property}`} of={difference} />
        ))}
      </ul>
    </details>
  );
}

function Difference({ of: { code, event, property, message, count } }: { of: PlanDeviation }) {
  const messages = useMessages(EVENTS);
  const { format } = useApp();
  return (
    <li>
      <b>{format.number(count)}</b> <bdi>{property === undefined ? event : `${event} · ${property}`}</bdi>:{' '}
      {messages[code]}
      {code === 'wrong_value' && (
        <>
          {' '}
          (<bdi>{message}</bdi>)
        </>
      )}
    </li>
  );
}
