/** A number over time: line and area, the period before, notes on moments; read by pointer and by keyboard. */
import { useState } from 'preact/hooks';
import { namedPoints } from '../series/scale.js';
import { useSize } from './use-size.js';

export interface ChartPoint {
  /** What the axis calls it. */
  name: string;
  /** What it is called alone. */
  wholeName: string;
  /** Null: can't be known. */
  value: number | null;
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
  /** What to say of a last point that still grows. Default: it does not. */
  partial?: string | undefined;
  notes?: readonly ChartNote[];
  /** A point was chosen. */
  pick?(at: number): void;
}

const TOP = 22;
const BOTTOM = 26;
const LEAST_NAME_WIDTH = 76;

export function Chart({ label, points, ticks, show, partial, notes = [], pick }: ChartProps) {
  const { ref, width, height } = useSize<HTMLDivElement>({ width: 640, height: 260 });
  const [at, setAt] = useState<number | undefined>();
  const top = ticks.at(-1) || 1;
  const last = points.length - 1;
  const inset = 8;
  const x = (index: number) => (last <= 0 ? width / 2 : inset + ((width - 2 * inset) * index) / last);
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / top);
  const solid = partial ? points.slice(0, -1) : points;
  const path = (values: readonly (number | null | undefined)[], from = 0) =>
    linePath(values.map((value, index) => (value == null ? undefined : [x(index + from), y(value)])));
  const line = path(solid.map(({ value }) => value));
  const here = at === undefined ? undefined : points[at];
  const growing =
    partial && last > 0
      ? path(
          points.slice(-2).map(({ value }) => value),
          last - 1,
        )
      : '';
  const end = points[last]?.value;

  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -last, End: last }[event.key];
    if (event.key === 'Escape') setAt(undefined);
    if (event.key === 'Enter' && at !== undefined) pick?.(at);
    if (step === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(last, (at ?? last + (step < 0 ? 1 : 0)) + step)));
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
        aria-valuetext={saidOf(points[at ?? last], show)}
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
          {namedPoints(points.length, Math.floor(width / LEAST_NAME_WIDTH)).map((index) => (
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
          {line && solid.length > 1 && (
            <path class="area" d={`${line}L${x(solid.length - 1)},${y(0)}L${x(0)},${y(0)}Z`} />
          )}
          <path class="line" d={line} />
          <path class="growing" d={growing} />
          {ticks.slice(1).map((tick) => (
            <text key={tick} x={2} y={y(tick) - 5}>
              {show(tick)}
            </text>
          ))}
          {end != null && <circle class={partial ? 'end growing' : 'end'} cx={x(last)} cy={y(end)} r={4} />}
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
            {at === last && partial && `, ${partial}`}
          </p>
          <p>
            <b>{here.value === null ? '–' : show(here.value)}</b> {label}
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

const saidOf = (point: ChartPoint | undefined, show: (value: number) => string): string =>
  point ? `${point.wholeName}: ${point.value === null ? '–' : show(point.value)}` : '';

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
