/** An answer of the API as a view's state: what is shown stays until the next answer is there. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app/context.js';
import { type DataOf, type Query, type ReadPath, searchOf } from './client.js';
import { asProblem, type Problem } from './problem.js';

export interface Answer<Data> {
  data: Data | undefined;
  /** Why the newest question has no answer. */
  problem: Problem | undefined;
  isLoading: boolean;
  /** Whether `data` answers an earlier question. */
  isOld: boolean;
  /** Asks the same again. */
  again(): void;
}

interface State<Data> {
  data?: Data;
  /** What `data` answers. */
  question?: string;
  problem?: Problem | undefined;
}

export interface ReadOptions {
  /** Asks again after so many milliseconds, as long as the page is seen. Default: never. */
  everyMs?: number;
}

/** @param query undefined: asks nothing yet */
export function useRead<Path extends ReadPath>(
  path: Path,
  query: Query | undefined,
  { everyMs }: ReadOptions = {},
): Answer<DataOf<Path>> {
  const { client, onProblem } = useApp();
  const [state, setState] = useState<State<DataOf<Path>>>({});
  const [isLoading, setLoading] = useState(query !== undefined);
  const [turn, setTurn] = useState(0);
  const question = query && `${path}?${searchOf(query)}`;
  const asked = useRef(query);
  asked.current = query;

  useEffect(() => {
    if (question === undefined || !asked.current) return;
    const ended = new AbortController();
    setLoading(true);
    client.read(path, asked.current, ended.signal).then(
      (data) => {
        if (ended.signal.aborted) return;
        setState({ data, question });
        setLoading(false);
      },
      (error) => {
        if (ended.signal.aborted) return;
        const problem = asProblem(error);
        setState((before) => ({ ...before, problem }));
        setLoading(false);
        onProblem(problem);
      },
    );
    return () => ended.abort();
  }, [client, path, question, turn, onProblem]);

  useEffect(() => {
    if (everyMs === undefined || question === undefined) return;
    const timer = setInterval(() => document.hidden || setTurn((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, question]);

  return {
    data: state.data,
    problem: state.problem,
    isLoading,
    isOld: state.data !== undefined && state.question !== question,
    again: () => setTurn((before) => before + 1),
  };
}
