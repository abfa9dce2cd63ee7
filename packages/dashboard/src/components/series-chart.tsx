/** One number of a series as a chart in a panel: for the pages that lead deeper. */
import type { Interval } from '@liveinsight/schema';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { valueTicks } from '../series/scale.js';
import { Annotations } from './annotations.js';
import { Chart } from './chart.js';
import { Panel } from './panel.js';
import { useChartNotes } from './use-chart-notes.js';

interface SeriesChartProps {
  title: string;
  interval: Interval;
  points: readonly { start: string; value: number | null; incomplete?: true }[];
  /** Where the last point ends. */
  to: string;
  /** Of the compared period, point by point. */
  before?: readonly { start: string; value: number | null }[] | undefined;
  knownFrom: string | undefined;
  /** How values are written. Default: as numbers. */
  show?(value: number, isWhole?: boolean): string;
}

export function SeriesChart(props: SeriesChartProps) {
  const { title, interval, points, to, before = [], knownFrom, show } = props;
  const shell = useMessages(SHELL_MESSAGES);
  const { format } = useApp();
  const { annotations, notes, again } = useChartNotes(
    points.map(({ start }) => start),
    to,
  );
  return (
    <Panel title={title}>
      <Chart
        label={title}
        points={points.map(({ start, value, incomplete }, index) => ({
          name: format.interval(start, interval),
          wholeName: format.fullInterval(start, interval),
          value,
          incomplete,
          before: before[index]?.value,
          beforeName: before[index] && format.fullInterval(before[index].start, interval),
        }))}
        ticks={valueTicks(Math.max(0, ...[...points, ...before].map(({ value }) => value ?? 0)), 4, true)}
        show={show ?? format.number}
        incomplete={shell.incomplete}
        unknown={knownFrom && shell.not_known_before(format.moment(knownFrom))}
        notes={notes}
      />
      <Annotations annotations={annotations} again={again} />
    </Panel>
  );
}
