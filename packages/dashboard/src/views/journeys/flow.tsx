/** A page with the streams of views into it and out of it; each neighbour leads to its own. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useSize } from '../../components/use-size.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import type { FlowLayout, PlacedStream } from './flow-layout.js';
import { JOURNEYS } from './messages.js';

export function Flow({ layout, page }: { layout: FlowLayout; page: string }) {
  const messages = useMessages(JOURNEYS);
  const { format } = useApp();
  const { height, before, after, views } = layout;
  // What is pointed at, or has the focus: all else is dimmed, so that its way is seen through the page.
  const [pointedAt, setLit] = useState<PlacedStream>();
  // Of another page, or another answer, nothing is.
  const lit = [...before, ...after].find((one) => one === pointedAt);
  const light = { lit, setLit };
  const name = (stream: PlacedStream | undefined, edge: string) =>
    stream &&
    `${streamName(stream, edge, messages)} (${format.percent(views > 0 ? stream.views / views : 0)})`;
  const [from, to] = [name(largestOf(before), messages.entered), name(largestOf(after), messages.left)];
  return (
    <>
      {from && to && <p class="flow-summary">{messages.summary(from, to)}</p>}
      <div class="flow-names" aria-hidden="true">
        <span>{messages.before}</span>
        <span class="flow-page">
          <bdi class="cut">{readablePath(page)}</bdi>{' '}
          <span class="soft">{messages.views_of(format.number(views))}</span>
        </span>
        <span>{messages.after}</span>
      </div>
      <div class="flow" style={{ '--height': height }}>
        <Streams label={messages.before} streams={before} edge={messages.entered} {...light} />
        <Ribbons streams={before} height={height} lit={lit} />
        <div class="flow-bar" aria-hidden="true" />
        <Ribbons streams={after} height={height} lit={lit} isAfter />
        <Streams label={messages.after} streams={after} edge={messages.left} isAfter {...light} />
      </div>
    </>
  );
}

const largestOf = (streams: readonly PlacedStream[]): PlacedStream | undefined =>
  streams.reduce<PlacedStream | undefined>(
    (largest, one) => (one.kind === 'rest' || (largest && largest.views >= one.views) ? largest : one),
    undefined,
  );

function streamName(
  { kind, page }: PlacedStream,
  edge: string,
  { elsewhere }: { elsewhere: string },
): string {
  if (kind === 'page') return readablePath(page);
  return kind === 'edge' ? edge : elsewhere;
}

const dimmed = (stream: PlacedStream, lit: PlacedStream | undefined): string =>
  lit && lit !== stream ? `${stream.kind} dimmed` : stream.kind;

interface StreamsProps {
  label: string;
  streams: readonly PlacedStream[];
  /** What sessions do that begin or end here. */
  edge: string;
  isAfter?: boolean;
  lit: PlacedStream | undefined;
  setLit(stream: PlacedStream | undefined): void;
}

function Streams({ label, streams, edge, isAfter = false, lit, setLit }: StreamsProps) {
  const messages = useMessages(JOURNEYS);
  const { format, hrefTo } = useApp();
  const total = streams.reduce((sum, { views }) => sum + views, 0);
  return (
    <ol class={isAfter ? 'streams after' : 'streams'} aria-label={label}>
      {streams.map((stream) => {
        const { kind, page, views, y, height } = stream;
        const numbers = (
          <span class="stream-numbers">
            {format.number(views)} <span class="soft">{format.percent(total > 0 ? views / total : 0)}</span>
          </span>
        );
        const light = () => setLit(stream);
        const unlight = () => setLit(undefined);
        return (
          <li
            key={`${kind} ${page}`}
            class={dimmed(stream, lit)}
            style={{ '--y': y, '--h': height }}
            data-views={views}
            onMouseEnter={light}
            onMouseLeave={unlight}
            onFocusIn={light}
            onFocusOut={unlight}
          >
            <Box
              page={kind === 'page' ? page : undefined}
              hrefTo={hrefTo}
              title={messages.go(readablePath(page))}
            >
              <bdi class="cut">{streamName(stream, edge, messages)}</bdi>
              {numbers}
            </Box>
          </li>
        );
      })}
    </ol>
  );
}

interface BoxProps {
  page: string | undefined;
  title: string;
  hrefTo: ReturnType<typeof useApp>['hrefTo'];
  children: ComponentChildren;
}

const Box = ({ page, title, hrefTo, children }: BoxProps) =>
  page === undefined ? (
    <span class="stream">{children}</span>
  ) : (
    <a class="stream" href={hrefTo({ own: { path: page } })} title={title}>
      {children}
    </a>
  );

interface RibbonsProps {
  streams: readonly PlacedStream[];
  height: number;
  lit: PlacedStream | undefined;
  isAfter?: boolean;
}

function Ribbons({ streams, height, lit, isAfter = false }: RibbonsProps) {
  const { ref, width } = useSize<HTMLDivElement>({ width: 120, height: 1 });
  return (
    <div ref={ref} class="ribbons">
      <svg width={width} height={height} aria-hidden="true">
        {streams.map((stream) => (
          <path
            key={`${stream.kind} ${stream.page}`}
            class={dimmed(stream, lit)}
            d={ribbon(stream, isAfter ? width : 0, isAfter ? 0 : width)}
          />
        ))}
      </svg>
    </div>
  );
}

/** From the box at `x` to the page at `to`. */
function ribbon({ y, height, meetsY, meetsHeight }: PlacedStream, x: number, to: number): string {
  const middle = (x + to) / 2;
  const ends = [y, meetsY, meetsY + meetsHeight, y + height].map((value) => value.toFixed(1));
  const [boxTop, pageTop, pageEnd, boxEnd] = ends;
  return `M${x},${boxTop}C${middle},${boxTop} ${middle},${pageTop} ${to},${pageTop}V${pageEnd}C${middle},${pageEnd} ${middle},${boxEnd} ${x},${boxEnd}Z`;
}
