/** The properties of an event: their values, largest first, and their numbers. */
import type { PropertiesData, Property } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { Empty, QueryState } from '../../components/query-states.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { compareQuery } from '../../url-state/compare.js';
import { withValue } from '../../url-state/url-state.js';
import { describeChange, relative } from '../report-parts/change.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { ValueBars } from '../report-parts/value-bars.js';
import { EVENTS } from './messages.js';

/** Each is a question of its own. */
const SHOWN_AT_FIRST = 6;
const VALUES = '8';

export function EventProperties({ event }: { event: string }) {
  const messages = useMessages(EVENTS);
  const result = useQuery('/properties', { ...useUrlQuery(), event, limit: '100' });
  return (
    <QueryState result={result} lines={6}>
      {(data) =>
        data.properties.length === 0 ? (
          <Empty title={messages.no_properties} />
        ) : (
          <PropertyGrid event={event} data={data} />
        )
      }
    </QueryState>
  );
}

function PropertyGrid({ event, data }: { event: string; data: PropertiesData }) {
  const messages = useMessages(EVENTS);
  const { format } = useApp();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? data.properties : data.properties.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <Notes of={data} />
      <div class="report-columns">
        {shown.map((property) => (
          <PropertyPanel key={property.key} event={event} property={property} />
        ))}
      </div>
      {shown.length < data.properties.length && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          {messages.all_properties(format.number(data.properties.length))}
        </button>
      )}
    </>
  );
}

function PropertyPanel({ event, property }: { event: string; property: Property }) {
  const messages = useMessages(EVENTS);
  const { format } = useApp();
  const { key, values, numbers } = property;
  const facts = numbers
    ? ([
        [messages.median, numbers.p50],
        [messages.average, numbers.average],
        [messages.p95, numbers.p95],
      ] as const)
    : [];
  return (
    <Panel
      title={key}
      aside={
        <span class="soft">
          {values === null ? messages.many_values : messages.values(format.number(values))}
        </span>
      }
    >
      {facts.length > 0 && (
        <dl class="property-numbers">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value === null ? '–' : format.number(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {isBreakdown(key) && <PropertyValues event={event} property={property} />}
    </Panel>
  );
}

/** A name with these is read as several breakdowns, or as two crossed. */
const isBreakdown = (key: string): boolean => !/[,*]/.test(key);

function PropertyValues({ event, property: { key, events } }: { event: string; property: Property }) {
  const report = useMessages(REPORT_MESSAGES);
  const { urlState, format, go } = useApp();
  const by = `prop:${key}` as const;
  const result = useQuery('/stats', {
    ...useUrlQuery(),
    ...compareQuery(urlState.compare),
    ...{ event, breakdown: by, sort: 'events', limit: VALUES },
  });
  return (
    <QueryState result={result} lines={4}>
      {(data) => {
        const rows = data.breakdowns[by] ?? [];
        const more = (data.row_counts[by] ?? 0) - rows.length;
        return (
          <>
            <ValueBars
              label={key}
              bars={rows.map(({ value, events: count, previous }) => {
                const change = urlState.compare ? relative(count, previous?.events) : undefined;
                return {
                  key: value,
                  label: value === '(other)' ? report.other : value,
                  count: format.number(count),
                  share: events > 0 ? count / events : 0,
                  shareText: events > 0 ? format.percent(count / events) : '–',
                  change: change === undefined ? undefined : describeChange(change, undefined, format).text,
                  filter:
                    value === '(other)'
                      ? undefined
                      : () => go({ filters: withValue(urlState.filters, by, value) }),
                };
              })}
            />
            {more > 0 && <p class="soft">{report.more(format.number(more))}</p>}
          </>
        );
      }}
    </QueryState>
  );
}
