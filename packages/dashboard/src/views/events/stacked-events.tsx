/** The most frequent events over time, as columns in which each has its part; the legend shows one alone or hides one. */
import type { BreakdownRow, StatsData } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { Panel } from '../../components/panel.js';
import { useSize } from '../../components/use-size.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { valueLabel } from '../../i18n/value-label.js';
import { namedPoints, valueTicks } from '../../series/scale.js';
import { EVENTS } from './messages.js';

/** As many as there are colours of series. */
const MAX_SERIES = 6;
const NAME_PX = 90;
const TICKS = 4;

/** @param rows of one's own events, the most frequent first */
export function StackedEvents({ rows }: { rows: readonly BreakdownRow[] }) {
  const messages = useMessages(EVENTS);
  const shell = useMessages(SHELL_MESSAGES);
  const { format } = useApp();
  const shown = rows.slice(0, MAX_SERIES).map(({ value }) => value);
  const [first, second, third, fourth, fifth, sixth] = shown;
  const results = [
    useSeries(first),
    useSeries(second),
    useSeries(third),
    useSeries(fourth),
    useSeries(fifth),
    useSeries(sixth),
  ].slice(0, shown.length);
  const series = results.flatMap(({ data }, at) => (data ? [{ event: shown[at] ?? '', data }] : []));
  const isLost = results.some(({ data, error }) => error && !data);
  const more = rows.length - shown.length;
  return (
    <Panel class="stacked" title={messages.stacked}>
      {/* All at once: columns that grow part by part would be read as numbers that change. */}
      {series.length === shown.length ? (
        <Stack series={series} />
      ) : (
        <div class="stack" aria-busy={!isLost}>
          {isLost && <p role="alert">{shell.failed}</p>}
        </div>
      )}
      {more > 0 && (
        <p class="soft">{messages.stacked_some(format.number(shown.length), format.number(rows.length))}</p>
      )}
    </Panel>
  );
}

function useSeries(event: string | undefined) {
  const query = useUrlQuery();
  return useQuery(
    '/stats',
    event === undefined ? undefined : { ...query, goal: `event:${event}`, breakdown: '' },
  );
}

interface Series {
  event: string;
  data: StatsData;
}

function Stack({ series }: { series: readonly Series[] }) {
  const messages = useMessages(EVENTS);
  const shell = useMessages(SHELL_MESSAGES);
  const { format, language } = useApp();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const label = (event: string) => valueLabel('event_name', event, language, format);
  const interval = series[0]?.data.interval ?? 'day';
  const seen = series.filter(({ event }) => !hidden.has(event));
  const columns = (series[0]?.data.series ?? []).map(({ start, incomplete }, at) => {
    const parts = seen.map(({ event, data }) => ({ event, count: data.series[at]?.conversions ?? null }));
    const isKnown = parts.every(({ count }) => count !== null);
    return {
      start,
      incomplete,
      parts,
      isKnown,
      sum: parts.reduce((sum, { count }) => sum + (count ?? 0), 0),
    };
  });
  const ticks = valueTicks(Math.max(0, ...columns.map(({ sum }) => sum)), TICKS, true);
  const top = ticks.at(-1) ?? 1;
  const { ref, width } = useSize<HTMLDivElement>({ width: 800, height: 1 });
  const named = new Set(namedPoints(columns.length, Math.floor(width / NAME_PX)));
  const choose = (event: string, isHiding: boolean) => {
    const others = series.flatMap((one) => (one.event === event ? [] : [one.event]));
    if (isHiding) {
      const next = new Set(hidden);
      if (!next.delete(event)) next.add(event);
      setHidden(next);
    } else {
      const isAlone = !hidden.has(event) && others.every((one) => hidden.has(one));
      setHidden(new Set(isAlone ? [] : others));
    }
  };
  return (
    <>
      <div class="stack" ref={ref}>
        <div class="stack-ticks" aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick} style={{ '--at': tick / top }}>
              {format.number(tick)}
            </span>
          ))}
        </div>
        <ol class="stack-columns" aria-label={messages.stacked}>
          {columns.map(({ start, incomplete, parts, isKnown }, at) => {
            const text = [
              `${format.fullInterval(start, interval)}${incomplete ? ` (${shell.incomplete})` : ''}`,
              ...(isKnown
                ? parts.map(({ event, count }) => `${label(event)} ${format.number(count ?? 0)}`)
                : [shell.unknown]),
            ].join(' · ');
            return (
              <li key={start} title={text} class={isKnown ? (incomplete ? 'incomplete' : '') : 'unread'}>
                <span class="hidden-text">{text}</span>
                {isKnown &&
                  parts.map(({ event, count }) => (
                    <i
                      key={event}
                      style={{ '--part': (count ?? 0) / top, '--series': colour(series, event) }}
                      aria-hidden="true"
                    />
                  ))}
                {named.has(at) && (
                  <span class="stack-name" aria-hidden="true">
                    {format.interval(start, interval)}
                  </span>
                )}
              </li>
            );
          })}
        </ol>
      </div>
      <ul class="legend" aria-label={messages.legend}>
        {series.map(({ event }) => (
          <li key={event}>
            <button
              type="button"
              class="quiet"
              aria-pressed={!hidden.has(event)}
              title={messages.legend_hint}
              style={{ '--series': colour(series, event) }}
              onClick={({ shiftKey }) => choose(event, shiftKey)}
            >
              <bdi class="cut">{label(event)}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The same as long as the page is shown, whichever are hidden. */
const colour = (series: readonly Series[], event: string): string =>
  `var(--s${1 + series.findIndex((one) => one.event === event)})`;
