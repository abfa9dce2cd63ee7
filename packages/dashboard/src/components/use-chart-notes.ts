/** Notes on moments of a chart, each at the point that its moment is in. */
import type { Annotation } from '@liveinsight/schema';
import { useApp } from '../hooks/app-context.js';
import { useQuery } from '../hooks/use-query.js';
import { intervalEnds } from '../series/intervals.js';
import type { ChartNote } from './chart.js';

interface ChartNotes {
  annotations: readonly Annotation[];
  notes: ChartNote[];
  /** Requests them again: they have changed. */
  again(): void;
}

/** @param starts of the chart's points. @param to where the last one ends */
export function useChartNotes(starts: readonly string[], to: string): ChartNotes {
  const { site } = useApp();
  const { data, again } = useQuery('/annotations', { site: site.id });
  const ends = intervalEnds(starts, to);
  const placed = (data?.annotations ?? []).flatMap((annotation) => {
    const moment = Date.parse(annotation.at);
    const at = starts.findIndex((start, index) => Date.parse(start) <= moment && moment < (ends[index] ?? 0));
    return at < 0 ? [] : [{ annotation, note: { at, text: annotation.text } }];
  });
  return {
    annotations: placed.map(({ annotation }) => annotation),
    notes: placed.map(({ note }) => note),
    again,
  };
}
