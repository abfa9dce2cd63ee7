/** A number over time: line and area, the period before, notes on moments; read by pointer and by keyboard. */
import { useState } from 'preact/hooks';
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
  show(value: number): string;
  /** What to say of a point that is incomplete. */
  incomplete: string;
  /** What to say of points at the beginning that are not known. */
  unknown?: string | undefined;
  notes?: readonly ChartNote[];
  /** A point was chosen. */
  pick?(at: number): void;
}

const TOP = 22;
const BOTTOM = 26;
/** Of an axis name, in rem, as the style sheet has it. */
const NAME_REM = 0.72;

export function Chart({ label, points, ticks, show, incomplete, unknown, notes = [], pick }: ChartProps) {
  const { ref, width, height } = useSize<HTMLDivElement>({ width: 640, height: 260 });
  const [at, setAt] = useState<number | undefined>();
  const top = ticks.at(-1) || 1;
  const last = points.length - 1;
  const inset = 8;
  const x = (index: number) => (last <= 0 ? width / 2 : inset + ((width - 2 * inset) * index) / last);
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
  const known = points.findIndex(({ value }) => value !== null);
  const unknownTo = known < 0 ? width : x(known);

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
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left - inset;
    setAt(Math.max(0, Math.min(last, Math.round((place / Math.max(1, width - 2 * inset)) * last))));
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
        onPointerLeave={() => setAt(undefined)}
        onClick={() => at !== undefined && pick?.(at)}
        onBlur={() => setAt(undefined)}
      >
        <svg width={width} height={height} aria-hidden="true">
          {ticks.map((tick) => (
            <g key={tick} class="tick">
              <line x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
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
          {unknown && known !== 0 && (
            <g class="unknown">
              <rect x={0} y={TOP} width={unknownTo} height={height - TOP - BOTTOM} />
              <text x={4} y={TOP + 14}>
                {unknown}
              </text>
            </g>
          )}
          <path class="area" d={area.join('')} />
          <path class="line" d={line} />
          <path class="growing" d={broken.map(path).join('')} />
          {ticks.slice(1).map((tick) => (
            <text key={tick} x={2} y={y(tick) - 5}>
              {show(tick)}
            </text>
          ))}
          {end && isKnown(end.value) && (
            <circle class={end.incomplete ? 'end growing' : 'end'} cx={x(last)} cy={y(end.value)} r={4} />
          )}
          {notes.map(({ at: index, text }) => (
            <g key={`${index} ${text}`} class="note">
              <line x1={x(index)} x2={x(index)} y1={TOP - 10} y2={y(0)} />
              <path d={`M${x(index)},${TOP - 4}l-5,-8h10z`} />
            </g>
          ))}
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
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const longest = Math.max(0, ...points.map(({ name }) => emsOf(name)));
  return 1.5 * longest * NAME_REM * rem + 12;
}

/** Letters of Korean and the like are twice as wide as others. */
const emsOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter > '\u1100' ? 1 : 0.56), 0);

const isKnown = (value: number | null | undefined): value is number => value != null;

type Run = (number | null)[];

/** The values as runs of points next to each other, elsewhere null: those that are complete, and pairs of which one is not. */
function runsOf(points: readonly ChartPoint[]): { whole: Run[]; broken: Run[] } {
  const nothing = (): Run => points.map(() => null);
  const [whole, broken]: [Run[], Run[]] = [[], []];
  let run: Run | undefined;
  for (const [at, { value, incomplete }] of points.entries()) {
    const before = points[at - 1];
    if (before && (before.incomplete || incomplete))
      broken.push(points.map((point, index) => (index === at - 1 || index === at ? point.value : null)));
    if (value === null || incomplete) run = undefined;
    else {
      if (!run) {
        run = nothing();
        whole.push(run);
      }
      run[at] = value;
    }
  }
  return { whole, broken };
}

/** Lines from point to point; where there is none the line is broken. */
function linePath(points: readonly ([x: number, y: number] | undefined)[]): string {
  let isOn = false;
  return points
    .map((point) => {
      const step = point ? `${isOn ? 'L' : 'M'}${point[0].toFixed(1)},${point[1].toFixed(1)}` : '';
      isOn = point !== undefined;
      return step;
    })
    .join('');
}
