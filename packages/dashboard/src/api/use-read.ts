/** An answer of the API as a view's state. What is shown stays while the same is asked again, and no longer: numbers of another range or filter would stand under the new title. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app/context.js';
import { type DataOf, type Query, type ReadPath, searchOf } from './client.js';
import { asProblem, type Problem } from './problem.js';

export interface Answer<Data> {
  data: Data | undefined;
  /** Why the newest question has no answer. */
  problem: Problem | undefined;
  isLoading: boolean;
  /** Whether `data` is of an earlier question about the same: without a breakdown that is now asked for, say. */
  isOld: boolean;
  /** Asks the same again. */
  again(): void;
}

interface State<Data> {
  data?: Data;
  /** What `data` answers. */
  question?: string;
  /** What `data` or `problem` is about. */
  subject?: string | undefined;
  problem?: Problem | undefined;
}

export interface ReadOptions<Data> {
  /** Asks again after so many milliseconds, as long as the page is seen. Default: never. */
  everyMs?: number;
  /** The cursor to go on by, where what a page of a list found is not enough: what is shown meanwhile is the newest page. */
  goOn?(data: Data): string | undefined;
}

/** @param query undefined: asks nothing yet */
export function useRead<Path extends ReadPath>(
  path: Path,
  query: Query | undefined,
  { everyMs, goOn }: ReadOptions<DataOf<Path>> = {},
): Answer<DataOf<Path>> {
  const { client, onProblem } = useApp();
  const [state, setState] = useState<State<DataOf<Path>>>({});
  const [isLoading, setLoading] = useState(query !== undefined);
  const [turn, setTurn] = useState(0);
  const question = query && `${path}?${searchOf(query)}`;
  const subject = query && subjectOf(path, query);
  const asked = useRef(query);
  asked.current = query;
  /** A search that takes long is not begun again before it has ended. */
  const isBusy = useRef(false);

  useEffect(() => {
    if (question === undefined || !asked.current) return;
    const ended = new AbortController();
    setLoading(true);
    isBusy.current = true;
    const read = async (query: Query): Promise<void> => {
      const data = await client.read(path, query, ended.signal);
      if (ended.signal.aborted) return;
      setState({ data, question, subject });
      const cursor = goOn?.(data);
      if (cursor !== undefined) await read({ ...query, cursor });
    };
    const end = () => {
      isBusy.current = false;
      setLoading(false);
    };
    read(asked.current).then(
      () => ended.signal.aborted || end(),
      (error) => {
        if (ended.signal.aborted) return;
        const problem = asProblem(error);
        setState((before) => (before.subject === subject ? { ...before, problem } : { problem, subject }));
        end();
        onProblem(problem);
      },
    );
    return () => ended.abort();
    // `goOn` is the same for a path.
  }, [client, path, question, subject, turn, onProblem]);

  useEffect(() => {
    if (everyMs === undefined || question === undefined) return;
    const timer = setInterval(
      () => document.hidden || isBusy.current || setTurn((before) => before + 1),
      everyMs,
    );
    return () => clearInterval(timer);
  }, [everyMs, question]);

  const { data, problem }: State<DataOf<Path>> = state.subject === subject ? state : {};
  return {
    data,
    problem,
    isLoading,
    isOld: data !== undefined && state.question !== question,
    again: () => setTurn((before) => before + 1),
  };
}

/** What of a question changes how the same is told, not what it is about. */
const HOW_TOLD = new Set(['breakdown', 'compare', 'interval', 'limit', 'metric']);

const subjectOf = (path: string, query: Query): string =>
  `${path}?${searchOf(Object.fromEntries(Object.entries(query).filter(([name]) => !HOW_TOLD.has(name))))}`;
