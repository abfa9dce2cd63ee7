/** A page with the streams of views into it and out of it; each neighbour leads to its own. */
import type { ComponentChildren } from 'preact';
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
  return (
    <>
      <div class="flow-names" aria-hidden="true">
        <span>{messages.before}</span>
        <span class="flow-page">
          <bdi class="cut">{readablePath(page)}</bdi>{' '}
          <span class="soft">{messages.views_of(format.number(views))}</span>
        </span>
        <span>{messages.after}</span>
      </div>
      <div class="flow" style={{ '--height': height }}>
        <Streams label={messages.before} streams={before} edge={messages.entered} />
        <Ribbons streams={before} height={height} />
        <div class="flow-bar" aria-hidden="true" />
        <Ribbons streams={after} height={height} isAfter />
        <Streams label={messages.after} streams={after} edge={messages.left} isAfter />
      </div>
    </>
  );
}

interface StreamsProps {
  label: string;
  streams: readonly PlacedStream[];
  /** What sessions do that begin or end here. */
  edge: string;
  isAfter?: boolean;
}

function Streams({ label, streams, edge, isAfter = false }: StreamsProps) {
  const messages = useMessages(JOURNEYS);
  const { format, hrefTo } = useApp();
  const total = streams.reduce((sum, { views }) => sum + views, 0);
  return (
    <ol class={isAfter ? 'streams after' : 'streams'} aria-label={label}>
      {streams.map(({ kind, page, views, y, height }) => {
        const numbers = (
          <span class="stream-numbers">
            {format.number(views)} <span class="soft">{format.percent(total > 0 ? views / total : 0)}</span>
          </span>
        );
        const name = kind === 'page' ? readablePath(page) : kind === 'edge' ? edge : messages.elsewhere;
        return (
          <li key={`${kind} ${page}`} class={kind} style={{ '--y': y, '--h': height }} data-views={views}>
            <Box
              page={kind === 'page' ? page : undefined}
              hrefTo={hrefTo}
              title={messages.go(readablePath(page))}
            >
              <bdi class="cut">{name}</bdi>
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
  isAfter?: boolean;
}

function Ribbons({ streams, height, isAfter = false }: RibbonsProps) {
  const { ref, width } = useSize<HTMLDivElement>({ width: 120, height: 1 });
  return (
    <div ref={ref} class="ribbons">
      <svg width={width} height={height} aria-hidden="true">
        {streams.map((stream) => (
          <path
            key={`${stream.kind} ${stream.page}`}
            class={stream.kind}
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
