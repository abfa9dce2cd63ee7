/** A map of the world: countries are the darker the more sessions came from them. By keyboard they are gone through by rank. */
import './world-map.css';
import type { BreakdownRow } from '@liveinsight/schema';
import { useRef, useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { Empty, QueryState } from '../components/query-states.js';
import { formatChange } from '../components/row-columns.js';
import { ValueIcon } from '../components/value-icon.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { MAP_MESSAGES } from '../i18n/map-messages.js';
import { METRIC_MESSAGES } from '../i18n/metric-names.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { rowChange } from '../series/row-metrics.js';
import { withValue } from '../url-state/url-state.js';
import { HEIGHT, POINTS, SHAPES, WIDTH } from './world.js';

export interface WorldMapProps {
  query: Query;
  /** What of the URL changes with a country that is chosen: its regions are shown then. */
  own: Record<string, string>;
}

/** More than there are countries. */
const ALL = '300';

export function WorldMap({ query, own }: WorldMapProps) {
  const result = useQuery('/stats', { ...query, breakdown: 'country', limit: ALL });
  return (
    <QueryState result={result} lines={8}>
      {({ breakdowns, totals }) => (
        <Countries rows={breakdowns.country ?? []} whole={totals.sessions ?? 0} own={own} />
      )}
    </QueryState>
  );
}

const STEPS = 6;

function Countries({
  rows,
  whole,
  own,
}: {
  rows: readonly BreakdownRow[];
  whole: number;
  own: WorldMapProps['own'];
}) {
  const messages = useMessages(MAP_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { urlState, go, format } = useApp();
  const [shown, setShown] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const known = rows.filter(({ value }) => SHAPES[value] ?? POINTS[value]);
  const elsewhere = rows
    .filter((row) => !known.includes(row))
    .reduce((sum, row) => sum + (row.sessions ?? 0), 0);
  const largest = Math.max(1, ...known.map(({ sessions = 0 }) => sessions));
  const byCode = new Map(known.map((row) => [row.value, row]));
  const current = shown !== undefined && byCode.has(shown) ? shown : known[0]?.value;
  if (rows.length === 0) return <Empty title={shell.nothing} />;

  const choose = (code: string) => go({ filters: withValue(urlState.filters, 'country', code), own });
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Enter' && current) choose(current);
    const next = step && known[known.findIndex(({ value }) => value === current) + step]?.value;
    if (!next) return;
    event.preventDefault();
    setShown(next);
    box.current?.querySelector<SVGElement>(`[data-country="${next}"]`)?.focus();
  };
  const country = (code: string) => {
    const row = byCode.get(code);
    const look = row
      ? `step-${Math.max(1, Math.ceil(STEPS * Math.sqrt((row.sessions ?? 0) / largest)))}`
      : '';
    const point = POINTS[code];
    const shape = {
      class: `country ${look}`,
      'data-country': code,
      ...(row && {
        role: 'button' as const,
        tabIndex: code === current ? 0 : -1,
        'aria-label': messages.country(
          format.country(code),
          format.number(row.sessions ?? 0),
          format.percent((row.sessions ?? 0) / Math.max(1, whole)),
        ),
        onClick: () => choose(code),
        onFocus: () => setShown(code),
        onPointerEnter: () => setShown(code),
      }),
    };
    return point ? (
      row && <circle key={code} cx={point[0]} cy={point[1]} r={6} {...shape} />
    ) : (
      <path key={code} d={SHAPES[code]} {...shape} />
    );
  };
  const row = shown === undefined ? undefined : byCode.get(shown);
  return (
    <div class="world" ref={box} onPointerLeave={() => setShown(undefined)}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="toolbar" aria-label={messages.map} onKeyDown={move}>
        {[...Object.keys(SHAPES), ...Object.keys(POINTS)].map(country)}
      </svg>
      {row && <Tip row={row} whole={whole} box={box} />}
      <div class="legend soft" aria-hidden="true">
        {format.number(1)}
        <span class="steps">
          {Array.from({ length: STEPS }, (_, at) => (
            <i key={at} class={`step-${at + 1}`} />
          ))}
        </span>
        {format.number(largest)}
        {elsewhere > 0 && <span class="elsewhere">{messages.elsewhere(format.number(elsewhere))}</span>}
      </div>
    </div>
  );
}

interface TipProps {
  row: BreakdownRow;
  whole: number;
  box: { current: HTMLDivElement | null };
}

function Tip({ row, whole, box }: TipProps) {
  const metrics = useMessages(METRIC_MESSAGES);
  const { format } = useApp();
  const { value, sessions = 0 } = row;
  const frame = box.current?.getBoundingClientRect();
  const at = box.current?.querySelector(`[data-country="${value}"]`)?.getBoundingClientRect();
  if (!frame || !at) return null;
  const x = at.left + at.width / 2 - frame.left;
  const change = rowChange(row, row.previous, 'sessions');
  return (
    <div
      class="chart-tip"
      aria-hidden="true"
      style={{ '--x': `${x}px`, '--y': `${at.top - frame.top}px`, '--shift': `${-(100 * x) / frame.width}%` }}
    >
      <ValueIcon dimension="country" value={value} />
      <b>{format.country(value)}</b>
      <div>
        {metrics.sessions} <b>{format.number(sessions)}</b>{' '}
        <span class="soft">{format.percent(sessions / Math.max(1, whole))}</span>
        {change !== undefined && Number.isFinite(change) && ` ${formatChange(change, format)}`}
      </div>
    </div>
  );
}
