/** Rows of a breakdown, loaded part by part as they are looked at. */
import type { Breakdown, BreakdownRow, StatsData } from '@liveinsight/schema';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Query, toSearchParams } from '../api/client.js';
import { type ApiError, toApiError } from '../api/error.js';
import { useApp } from '../hooks/app-context.js';

const PART_ROWS = 50;

interface Loaded {
  /** The question that this answers. */
  question: string;
  data: StatsData;
  parts: ReadonlyMap<number, readonly BreakdownRow[]>;
}

export interface TableRows {
  /** Undefined: nothing is known yet. */
  data: StatsData | undefined;
  count: number;
  /** Undefined: not loaded yet. */
  row(at: number): BreakdownRow | undefined;
  /** Loads the rows from one to another. */
  show(from: number, to: number): void;
  error: ApiError | undefined;
  /** Whether what is shown answers an earlier question. */
  isOld: boolean;
}

/** @param query with sort and search; not with limit and offset */
export function useTableRows(by: Breakdown, query: Query): TableRows {
  const { client, onError } = useApp();
  const [loaded, setLoaded] = useState<Loaded>();
  const [error, setError] = useState<ApiError>();
  const whole = { ...query, breakdown: by };
  const question = String(toSearchParams(whole));
  const asked = useRef({ question, query: whole, parts: new Set<number>(), ended: new AbortController() });

  const load = useCallback(
    (part: number) => {
      const { question, query, parts, ended } = asked.current;
      if (parts.has(part)) return;
      parts.add(part);
      const offset = String(part * PART_ROWS);
      client.read('/stats', { ...query, limit: String(PART_ROWS), offset }, ended.signal).then(
        (data) => {
          setError(undefined);
          setLoaded((before) => ({
            question,
            data,
            parts: new Map([
              ...(before?.question === question ? before.parts : []),
              [part, data.breakdowns[by] ?? []],
            ]),
          }));
        },
        (thrown) => {
          if (ended.signal.aborted) return;
          parts.delete(part);
          const error = toApiError(thrown);
          setError(error);
          onError(error);
        },
      );
    },
    [client, by, onError],
  );

  useEffect(() => {
    const ended = new AbortController();
    asked.current = { question, query: whole, parts: new Set(), ended };
    load(0);
    return () => ended.abort();
  }, [question, load]);

  const isOld = loaded !== undefined && loaded.question !== question;
  return {
    data: loaded?.data,
    count: loaded?.data.row_counts[by] ?? 0,
    row: (at) => loaded?.parts.get(Math.floor(at / PART_ROWS))?.[at % PART_ROWS],
    show(from, to) {
      for (
        let part = Math.floor(from / PART_ROWS);
        part <= Math.floor(Math.max(from, to - 1) / PART_ROWS);
        part += 1
      )
        load(part);
    },
    error,
    isOld,
  };
}
