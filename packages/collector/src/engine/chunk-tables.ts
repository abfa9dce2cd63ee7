/** The rows that events of one chunk count in. Pure. */
import type { Chunk } from '../columns/chunk.js';
import { type Dimension, EDGE_SEPARATOR, SESSION_DIMENSIONS } from '../events/dimensions.js';
import { AxisRows } from './axis-rows.js';
import { ChunkRows, PairRows, type RowsTarget } from './chunk-rows.js';
import { toColumn } from './column.js';
import type { Numbers, NumbersBucket } from './numbers.js';
import { notesSessions } from './numbers-plan.js';

export class ChunkTables {
  readonly session: readonly ChunkRows[];
  readonly page: ChunkRows | undefined;
  /** Rows of the pages that views came from. */
  readonly fromPage: ChunkRows | undefined;
  readonly journey: PairRows | undefined;
  readonly eventName: ChunkRows | undefined;
  readonly conversionType: ChunkRows | undefined;
  readonly clickTarget: ChunkRows | undefined;
  readonly clickOnPage: PairRows | undefined;
  readonly ofContext: readonly AxisRows[];
  readonly ofEvent: readonly AxisRows[];
  /** By code of their kind: the events that are looked at for rows. */
  readonly countedKinds: Uint8Array;
  /** Whether there are any. */
  readonly needsEvents: boolean;

  constructor(numbers: Numbers, chunk: Chunk, bucket: NumbersBucket) {
    const { plan, facts } = numbers;
    const { rows } = bucket.rollup;
    const wants = (dimension: Dimension) => plan.dimensions.includes(dimension);
    const target = (dimension: Dimension): RowsTarget => ({
      axis: dimension,
      into: rows[dimension],
      facts,
      countsSessions: notesSessions(plan, dimension),
      isWanted: (value) => plan.rowFilter?.(dimension, value) ?? true,
    });
    const column = (dimension: Parameters<typeof toColumn>[1]) => toColumn(chunk, dimension, plan);
    const createRows = (dimension: Exclude<Dimension, 'journey' | 'click_on_page'>) =>
      wants(dimension) ? new ChunkRows(column(dimension), target(dimension)) : undefined;
    const toFrom = () => {
      const { codes, values } = chunk.event().fromPage;
      return { codes, values: [undefined, ...values.slice(1)] };
    };

    this.session = SESSION_DIMENSIONS.flatMap((dimension) => createRows(dimension) ?? []);
    this.page = createRows('page');
    this.fromPage = wants('page') ? new ChunkRows(toFrom(), target('page')) : undefined;
    this.eventName = createRows('event_name');
    this.conversionType = createRows('conversion_type');
    this.clickTarget = createRows('click_target');
    this.journey = wants('journey')
      ? new PairRows(toFrom(), column('page'), EDGE_SEPARATOR, target('journey'))
      : undefined;
    this.clickOnPage = wants('click_on_page')
      ? new PairRows(column('page'), column('click_target'), EDGE_SEPARATOR, target('click_on_page'))
      : undefined;
    const axes = plan.axes.flatMap((axis) => {
      const into = numbers.rows.get(axis.name);
      return into ? [new AxisRows(chunk, axis, plan, { into, facts })] : [];
    });
    this.ofContext = axes.filter(({ isOfContext }) => isOfContext);
    this.ofEvent = axes.filter(({ isOfContext }) => !isOfContext);
    const isAny = [
      ...[this.page, this.journey, this.eventName],
      ...[this.conversionType, this.clickTarget, this.clickOnPage],
    ].some(Boolean);
    this.countedKinds = Uint8Array.from(chunk.event().kinds, (_, kind) =>
      isAny || this.ofEvent.some((axis) => axis.counts(kind)) ? 1 : 0,
    );
    this.needsEvents = this.countedKinds.includes(1);
  }

  flush(): void {
    const { session, page, fromPage, journey, eventName, conversionType, clickTarget, clickOnPage } = this;
    for (const rows of [page, fromPage, journey, eventName, conversionType, clickTarget, clickOnPage])
      rows?.flush();
    for (const rows of session) rows.flush();
    for (const axis of [...this.ofContext, ...this.ofEvent]) axis.rows.flush();
  }
}
