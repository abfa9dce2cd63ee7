/** Columns of a breakdown: its numbers, and how each has changed where two periods are compared. */
import type { BreakdownRow } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { METRIC_MESSAGES } from '../i18n/metric-names.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';
import {
  DURATIONS,
  type RowMetric,
  type RowNumbers,
  rowChange,
  rowNumber,
  rowRevenue,
  rowTone,
  SHARES,
} from '../series/row-metrics.js';
import type { Column } from './data-table.js';

export function useMetricName(): (metric: RowMetric) => string {
  const names = useMessages(METRIC_MESSAGES);
  const messages = useMessages(TABLE_MESSAGES);
  return (metric) => (metric === 'exits' || metric === 'exit_rate' ? messages[metric] : names[metric]);
}

function formatRowNumber(row: RowNumbers, metric: RowMetric, format: Format): string {
  if (metric === 'revenue') {
    const revenue = rowRevenue(row);
    if (revenue === null) return '–';
    return Object.keys(revenue).length === 0 ? format.number(0) : format.moneys(revenue);
  }
  const value = rowNumber(row, metric);
  if (value === null) return '–';
  if (DURATIONS.has(metric)) return format.duration(value);
  return SHARES.has(metric) ? format.percent(value) : format.number(value);
}

/** Above this "times" is easier to read than percent. */
const MANY_TIMES = 10;

export function formatChange(change: number, format: Format): string {
  if (Math.abs(change) < 0.005) return '±0';
  if (change >= MANY_TIMES) return `×${format.number(Math.round(change + 1))}`;
  return `${change > 0 ? '↑' : '↓'} ${format.percent(Math.abs(change))}`;
}

/** @param isCompared whether the change of each follows it */
export function useRowColumns(
  metrics: readonly RowMetric[],
  isCompared: readonly RowMetric[],
): Column<BreakdownRow>[] {
  const name = useMetricName();
  const messages = useMessages(TABLE_MESSAGES);
  const { format } = useApp();
  return metrics.flatMap((metric): Column<BreakdownRow>[] => {
    const column: Column<BreakdownRow> = {
      id: metric,
      label: name(metric),
      isNumber: true,
      value: (row) =>
        metric === 'revenue' && row.revenue && Object.keys(row.revenue).length > 1
          ? format.moneys(row.revenue)
          : rowNumber(row, metric),
      show: (row) => formatRowNumber(row, metric, format),
    };
    if (!isCompared.includes(metric)) return [column];
    const change: Column<BreakdownRow> = {
      id: `change:${metric}`,
      label: messages.change,
      hint: messages.change_of(name(metric)),
      isNumber: true,
      value: (row) => {
        const share = rowChange(row, row.previous, metric);
        return share === undefined || !Number.isFinite(share) ? null : share;
      },
      show: (row) => {
        const share = rowChange(row, row.previous, metric);
        if (share === undefined) return '–';
        const before = row.previous ? formatRowNumber(row.previous, metric, format) : '–';
        return (
          <span class={`row-change ${rowTone(metric, share)}`} title={before}>
            {Number.isFinite(share) ? formatChange(share, format) : messages.new}
          </span>
        );
      },
    };
    return [column, change];
  });
}
