/** How many came to each step: as a picture, and as a table. */
import type { FunnelData, FunnelStep } from '@liveinsight/schema';
import type { Query } from '../../api/client.js';
import { DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { withFilter } from '../../url-state/url-state.js';
import { stepName } from './funnel-card.js';
import { FUNNELS } from './messages.js';
import { Split } from './split.js';
import { lostFilters, stepFilter } from './step-sessions.js';

export function Result({ data, asked }: { data: FunnelData; asked: Query }) {
  const messages = useMessages(FUNNELS);
  const { format } = useApp();
  const { steps, sessions } = data;
  const last = steps.at(-1);
  const types = useConversionTypes();
  return (
    <div class="funnel-result">
      <Notes of={data} />
      <Panel
        title={messages.result}
        aside={
          <span class="aside">
            {messages.looked_at(format.number(steps[0]?.sessions ?? 0), format.number(sessions))}
          </span>
        }
      >
        <ol class="funnel" aria-label={messages.result}>
          {steps.map((step, at) => (
            <StepBar key={at} step={step} before={steps[at - 1]} number={at + 1} types={types} />
          ))}
        </ol>
        {last && <p class="funnel-end">{messages.through(format.percent(last.from_first))}</p>}
        <Split asked={asked} />
      </Panel>
      <section class="panel" aria-label={messages.title}>
        <DataTable
          name={messages.title}
          rows={steps.map((step, at) => ({ ...step, number: at + 1, lost: steps[at + 1]?.dropped ?? null }))}
          rowKey={({ number }) => String(number)}
          columns={[
            {
              id: 'step',
              label: messages.step,
              value: ({ number, step }) =>
                `${number}. ${step.startsWith('page:') ? messages.visited(stepName(step)) : messages.triggered(stepName(step))}`,
            },
            { id: 'sessions', label: messages.sessions, value: ({ sessions }) => sessions },
            {
              id: 'from_first',
              label: messages.of_first,
              value: ({ from_first }) => from_first,
              show: ({ from_first }) => format.percent(from_first),
            },
            {
              id: 'from_previous',
              label: messages.of_previous,
              value: ({ from_previous }) => from_previous,
              show: ({ from_previous }) => format.percent(from_previous),
            },
            // What is lost after a step is in the row of that step; after the last there is nothing to lose.
            { id: 'dropped', label: messages.dropped, value: ({ lost }) => lost },
            {
              id: 'median',
              label: messages.median,
              value: ({ median_ms }) => median_ms,
              show: ({ median_ms }) => (median_ms === null ? '–' : format.duration(median_ms)),
            },
          ]}
        />
      </section>
    </div>
  );
}

function useConversionTypes(): string[] {
  const { data } = useQuery('/stats', { ...useUrlQuery(), breakdown: 'conversion_type', limit: '200' });
  return data?.breakdowns.conversion_type?.map(({ value }) => value) ?? [];
}

interface StepBarProps {
  step: FunnelStep;
  before: FunnelStep | undefined;
  number: number;
  types: readonly string[];
}

function StepBar({ step: whole, before, number, types }: StepBarProps) {
  const { step, sessions, from_first, from_previous, dropped, median_ms } = whole;
  const messages = useMessages(FUNNELS);
  const { urlState, format, hrefTo } = useApp();
  const lost = before && {
    href: hrefTo({ view: 'sessions', filters: lostFilters(urlState.filters, before.step, step, types) }),
    title: messages.lost_sessions(stepName(before.step), stepName(step)),
  };
  return (
    <li data-step={number}>
      {lost && (
        <p class="lost">
          <a href={lost.href} title={lost.title}>
            {messages.lost(
              format.number(dropped),
              format.percent(from_previous > 0 || dropped > 0 ? 1 - from_previous : 0),
            )}
          </a>
          {median_ms !== null && ` · ${messages.after(format.duration(median_ms))}`}
        </p>
      )}
      <p class="step-name">
        <span class="step-number">{number}</span>{' '}
        <a
          class="cut"
          href={hrefTo({
            view: 'sessions',
            filters: withFilter(urlState.filters, stepFilter(step, types)),
          })}
          title={messages.step_sessions(stepName(step))}
        >
          <bdi>{stepName(step)}</bdi>
        </a>
        <span class="step-count">{format.number(sessions)}</span>
        <span class="soft">{format.percent(from_first)}</span>
      </p>
      <div class="step-bar" style={{ '--share': from_first, '--before': before?.from_first ?? from_first }} />
    </li>
  );
}
