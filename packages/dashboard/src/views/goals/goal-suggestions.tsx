/** What was seen that can be a goal by one click. */
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { isAutomatic } from '../report-parts/automatic-events.js';
import { GOALS } from './messages.js';

const OFFERED = 8;

export function GoalSuggestions() {
  const messages = useMessages(GOALS);
  const { hrefTo } = useApp();
  const { data } = useQuery('/stats', {
    ...useUrlQuery(),
    breakdown: 'event_name,conversion_type',
    limit: '100',
  });
  const conversions = (data?.breakdowns.conversion_type ?? []).map(
    ({ value }) => ['conversion', value] as const,
  );
  const events = (data?.breakdowns.event_name ?? [])
    .filter(({ value }) => !isAutomatic(value) && value !== 'conversion')
    .map(({ value }) => ['event', value] as const);
  const offered = [...conversions, ...events].filter(([, value]) => value !== '(other)').slice(0, OFFERED);
  if (offered.length === 0) return null;
  return (
    <ul class="goal-suggestions" aria-label={messages.suggestions}>
      {offered.map(([kind, value]) => (
        <li key={`${kind}:${value}`}>
          <a
            class="button"
            href={hrefTo({ own: { make: `${kind}:${value}` } })}
            aria-label={messages.make(value)}
          >
            + <bdi>{value}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}
