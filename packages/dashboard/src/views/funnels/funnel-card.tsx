/** A funnel in small: a bar for each step, and how many come to its end. */
import type { ComponentChildren } from 'preact';
import type { Query } from '../../api/client.js';
import { QueryState } from '../../components/query-states.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { FUNNELS } from './messages.js';

interface FunnelCardProps {
  title: ComponentChildren;
  /** With `steps`, as `GET /api/funnel` takes it. */
  query: Query;
  /** Leads to it as a whole. */
  href?: string;
  /** Which of the series' colours its bars have: 1 to 6. */
  hue?: number;
}

/** Without its kind, `page:` or `event:`. */
export const stepName = (step: string): string => readablePath(step.slice(step.indexOf(':') + 1));

export function FunnelCard({ title, query, href, hue = 1 }: FunnelCardProps) {
  const messages = useMessages(FUNNELS);
  const { format } = useApp();
  const result = useQuery('/funnel', query);
  return (
    <section class={`panel funnel-card hue-${hue}`}>
      <h3 class="cut">{href === undefined ? title : <a href={href}>{title}</a>}</h3>
      <QueryState result={result} lines={4}>
        {({ steps }) => (
          <>
            <p class="rate">
              <b>{format.percent(steps.at(-1)?.from_first ?? 0)}</b>{' '}
              <span class="soft">
                {messages.of_count(
                  format.number(steps.at(-1)?.sessions ?? 0),
                  format.number(steps[0]?.sessions ?? 0),
                )}
              </span>
            </p>
            <ol>
              {steps.map(({ step, sessions, from_first, from_previous }, at) => (
                <li key={at}>
                  <p>
                    <bdi class="cut">{stepName(step)}</bdi>
                    <span class="soft">
                      {format.number(sessions)}
                      {at > 0 && ` · ${format.percent(from_previous)}`}
                    </span>
                  </p>
                  <div class="thin-bar" style={{ '--share': from_first }} />
                </li>
              ))}
            </ol>
          </>
        )}
      </QueryState>
    </section>
  );
}
