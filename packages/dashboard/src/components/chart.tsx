/** A number over time: line and area, the period before, notes on moments; read by pointer and by keyboard. */
import { useId, useState } from 'preact/hooks';
import { emsOf, gapsOf, isKnown, linePath, runsOf } from '../series/chart-lines.js';
import { namedPoints } from '../series/scale.js';
import { useSize } from './use-size.js';

export interface ChartPoint {
  /** What the axis calls it. */
  name: string;
  /** What it is called alone. */
  wholeName: string;
  /** Null: not known. */
  value: number | null;
  /** Whether it is of a part of its interval: a line through it would be read as growth or decline. */
  incomplete?: true | undefined;
  /** Of the period before. */
  before?: number | null | undefined;
  /** That point of the period before. */
  beforeName?: string | undefined;
}

export interface ChartNote {
  /** Index of the point it belongs to. */
  at: number;
  text: string;
}

export interface ChartProps {
  /** What is drawn: `Visitors`. */
  label: string;
  points: readonly ChartPoint[];
  /** Values at which there are lines, from 0 to at least the largest. */
  ticks: readonly number[];
  /** @param isWhole of an axis without fractions: it needs none that are 0 */
  show(value: number, isWhole?: boolean): string;
  /** What to say of a point that is incomplete. */
  incomplete: string;
  /** What to say of points at the beginning that are not known. */
  unknown?: string | undefined;
  notes?: readonly ChartNote[];
  /** A point was chosen. */
  pick?(at: number): void;
  /** A part was marked with the mouse, from one point to another. */
  zoom?(from: number, to: number): void;
}

const TOP = 22;
const BOTTOM = 26;
/** At the sides, so that the first and the last point are seen whole. */
const INSET = 8;
/** Of an axis name, in rem, as the style sheet has it. */
const NAME_REM = 0.72;

export function Chart({
  label,
  points,
  ticks,
  show,
  incomplete,
  unknown,
  notes = [],
  pick,
  zoom,
}: ChartProps) {
  const { ref, width, height } = useSize<HTMLDivElement>({ width: 640, height: 260 });
  const [at, setAt] = useState<number | undefined>();
  const top = ticks.at(-1) || 1;
  const last = points.length - 1;
  const patternId = useId();
  const isWhole = ticks.every(Number.isInteger);
  const tickNames = ticks.map((tick) => show(tick, isWhole));
  // Names of values have a column of their own.
  const gutter = Math.ceil(Math.max(0, ...tickNames.map(emsOf)) * NAME_REM * rootPx()) + 10;
  const left = gutter + INSET;
  const room = Math.max(1, width - left - INSET);
  const x = (index: number) => left + (last <= 0 ? room / 2 : (room * index) / last);
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / top);
  const path = (values: readonly (number | null | undefined)[]) =>
    linePath(values.map((value, index) => (value == null ? undefined : [x(index), y(value)])));
  const { whole, broken } = runsOf(points);
  const line = whole.map(path).join('');
  const here = at === undefined ? undefined : points[at];
  const area = whole.map((run) => {
    const [from, to] = [run.findIndex(isKnown), run.findLastIndex(isKnown)];
    return to > from ? `${path(run)}L${x(to)},${y(0)}L${x(from)},${y(0)}Z` : '';
  });
  const end = points[last];
  const gaps = gapsOf(points);
  const [marked, setMarked] = useState<number>();

  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setAt(undefined);
    if (event.key === 'Enter' && at !== undefined) pick?.(at);
    const from = at ?? last;
    // From nowhere an arrow leads to the last point.
    const back = at === undefined ? last : from - 1;
    const to = { ArrowLeft: back, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(last, to)));
  };
  const point = (event: PointerEvent & { currentTarget: Element }) => {
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left - left;
    setAt(Math.max(0, Math.min(last, Math.round((place / room) * last))));
  };
  const release = () => {
    setMarked(undefined);
    if (at === undefined) return;
    if (marked === undefined || marked === at) pick?.(at);
    else zoom?.(Math.min(marked, at), Math.max(marked, at));
  };

  return (
    <div class="chart" ref={ref}>
      {/* The keyboard reads point by point what the pointer shows. */}
      <div
        class={pick ? 'chart-face pickable' : 'chart-face'}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={at ?? last}
        aria-valuetext={saidOf(points[at ?? last], show, incomplete)}
        onKeyDown={move}
        onPointerMove={point}
        onPointerDown={({ pointerType }) => zoom && pointerType === 'mouse' && setMarked(at)}
        onPointerLeave={() => {
          setAt(undefined);
          setMarked(undefined);
        }}
        onClick={release}
        onBlur={() => setAt(undefined)}
      >
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <pattern
              id={`${patternId}-hatch`}
              width={6}
              height={6}
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line class="hatch" x1={0} x2={0} y1={0} y2={6} />
            </pattern>
            <linearGradient id={`${patternId}-area`} x1={0} x2={0} y1={0} y2={1}>
              <stop class="area-top" offset={0} />
              <stop class="area-end" offset={1} />
            </linearGradient>
          </defs>
          {ticks.map((tick, index) => (
            <g key={tick} class={tick === 0 ? 'tick base' : 'tick'}>
              <line x1={gutter} x2={width} y1={y(tick)} y2={y(tick)} />
              <text x={gutter - 8} y={y(tick) + 4} text-anchor="end">
                {tickNames[index]}
              </text>
            </g>
          ))}
          {namedPoints(points.length, Math.floor(width / nameWidth(points))).map((index) => (
            <text
              key={index}
              class="name"
              x={x(index)}
              y={height - 8}
              text-anchor={x(index) < 36 ? 'start' : x(index) > width - 36 ? 'end' : 'middle'}
            >
              {points[index]?.name}
            </text>
          ))}
          <path class="before" d={path(points.map(({ before }) => before))} />
          {gaps.map(({ from, to }) => {
            const [start, end] = [from === 0 ? gutter : x(from - 1), to === last ? width : x(to + 1)];
            return (
              <g key={from} class="unknown">
                <rect
                  x={start}
                  y={TOP}
                  width={end - start}
                  height={height - TOP - BOTTOM}
                  fill={`url(#${patternId}-hatch)`}
                />
                {from === 0 && unknown && (
                  <text x={start + 6} y={TOP + 16}>
                    {unknown}
                  </text>
                )}
              </g>
            );
          })}
          <path class="area" d={area.join('')} fill={`url(#${patternId}-area)`} />
          <path class="line" d={line} />
          <path class="growing" d={broken.map(path).join('')} />
          {end && isKnown(end.value) && (
            <circle class={end.incomplete ? 'end growing' : 'end'} cx={x(last)} cy={y(end.value)} r={4} />
          )}
          {notes.map(({ at: index, text }) => (
            <g key={`${index} ${text}`} class="note">
              <line x1={x(index)} x2={x(index)} y1={TOP - 10} y2={y(0)} />
              <path d={`M${x(index)},${TOP - 4}l-5,-8h10z`} />
            </g>
          ))}
          {marked !== undefined && at !== undefined && marked !== at && (
            <rect
              class="marked"
              x={x(Math.min(marked, at))}
              y={TOP}
              width={Math.abs(x(at) - x(marked))}
              height={height - TOP - BOTTOM}
            />
          )}
          {here && at !== undefined && (
            <g class="cross">
              <line x1={x(at)} x2={x(at)} y1={TOP - 6} y2={y(0)} />
              {here.value !== null && <circle cx={x(at)} cy={y(here.value)} r={5} />}
              {here.before != null && <circle class="before" cx={x(at)} cy={y(here.before)} r={4} />}
            </g>
          )}
        </svg>
      </div>
      {here && at !== undefined && (
        <div
          class="chart-tip"
          style={{ '--x': `${x(at)}px`, '--shift': `${(-100 * x(at)) / width}%` }}
          aria-hidden="true"
        >
          <p class="when">
            {here.wholeName}
            {here.incomplete && `, ${incomplete}`}
          </p>
          <p>
            <b>{here.value === null ? '–' : show(here.value)}</b> {here.value === null ? unknown : label}
          </p>
          {here.before != null && (
            <p class="was">
              <b>{show(here.before)}</b> {here.beforeName}
            </p>
          )}
          {notes
            .filter((note) => note.at === at)
            .map(({ text }) => (
              <p key={text} class="noted">
                <bdi>{text}</bdi>
              </p>
            ))}
        </div>
      )}
    </div>
  );
}

function saidOf(point: ChartPoint | undefined, show: (value: number) => string, incomplete: string): string {
  if (!point) return '';
  const value = point.value === null ? '–' : show(point.value);
  return `${point.wholeName}${point.incomplete ? `, ${incomplete}` : ''}: ${value}`;
}

/** Room for the longest name and a half: those at the ends begin or end at their point, the others are centred on it. */
function nameWidth(points: readonly ChartPoint[]): number {
  const longest = Math.max(0, ...points.map(({ name }) => emsOf(name)));
  return 1.5 * longest * NAME_REM * rootPx() + 12;
}

const rootPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
