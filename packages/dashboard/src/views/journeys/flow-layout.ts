/** Where the streams into a page and out of it are drawn, so that each is as wide as its views are many. Pure. */
import type { JourneysData } from '@liveinsight/schema';

/** `edge`: sessions that begin or end there; `rest`: pages too rare to be drawn. */
export type NodeKind = 'page' | 'edge' | 'rest';

export interface Stream {
  kind: NodeKind;
  /** Of a page; else empty. */
  page: string;
  views: number;
}

export interface PlacedStream extends Stream {
  /** Of its box, in px from the top. */
  y: number;
  height: number;
  /** Where it meets the page. */
  meetsY: number;
  meetsHeight: number;
}

export interface FlowLayout {
  height: number;
  views: number;
  before: PlacedStream[];
  after: PlacedStream[];
}

const MAX_STREAMS = 7;
const MIN_HEIGHT = 30;
const GAP = 5;
const FULL_HEIGHT = 330;

export function flowLayout(
  { flows, pages }: Pick<JourneysData, 'flows' | 'pages'>,
  page: string,
): FlowLayout {
  const { page_views = 0, entries = 0, exits = 0 } = pages.find((one) => one.page === page) ?? {};
  const before = streams(
    flows.filter(({ to_page }) => to_page === page).map((flow) => [flow.from_page, flow.page_views]),
    entries,
    page_views,
  );
  const after = streams(
    flows.filter(({ from_page }) => from_page === page).map((flow) => [flow.to_page, flow.page_views]),
    exits,
    page_views,
  );
  const height = Math.max(heightOf(before), heightOf(after));
  return { height, views: page_views, before: placed(before, height), after: placed(after, height) };
}

function streams(neighbours: [page: string, views: number][], atEdge: number, total: number): Stream[] {
  const sorted = neighbours.sort((a, b) => b[1] - a[1]);
  const shown: Stream[] = sorted
    .slice(0, MAX_STREAMS)
    .map(([page, views]) => ({ kind: 'page', page, views }));
  const known = shown.reduce((sum, { views }) => sum + views, atEdge);
  // Views of which it is not known where they came from or went: rare ways, and the edges of the range.
  const rest = Math.max(0, total - known);
  return [
    ...(atEdge > 0 ? [{ kind: 'edge' as const, page: '', views: atEdge }] : []),
    ...shown,
    ...(rest > 0 ? [{ kind: 'rest' as const, page: '', views: rest }] : []),
  ];
}

const sumOf = (streams: readonly Stream[]): number => streams.reduce((sum, { views }) => sum + views, 0);

const boxHeight = (views: number, total: number): number =>
  Math.max(MIN_HEIGHT, total > 0 ? (FULL_HEIGHT * views) / total : 0);

function heightOf(streams: readonly Stream[]): number {
  const total = sumOf(streams);
  const boxes = streams.reduce((sum, { views }) => sum + boxHeight(views, total), 0);
  return boxes + GAP * Math.max(0, streams.length - 1);
}

function placed(streams: readonly Stream[], height: number): PlacedStream[] {
  const total = sumOf(streams);
  const own = heightOf(streams);
  let y = (height - own) / 2;
  let meetsY = 0;
  return streams.map((stream) => {
    const box = boxHeight(stream.views, total);
    const meetsHeight = total > 0 ? (height * stream.views) / total : 0;
    const here = { ...stream, y, height: box, meetsY, meetsHeight };
    y += box + GAP;
    meetsY += meetsHeight;
    return here;
  });
}
