/** A response of the API as a view's state. It stays visible while the same query is repeated, but not for another one: numbers of another range or filter would appear under the new title. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Query, type ReadPath, type ResponseData, toSearchParams } from '../api/client.js';
import { type ApiError, toApiError } from '../api/error.js';
import { useApp } from './app-context.js';

export interface QueryResult<Data> {
  data: Data | undefined;
  /** Why the newest question has no answer. */
  error: ApiError | undefined;
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
  error?: ApiError | undefined;
}

export interface QueryOptions<Data> {
  /** Asks again after so many milliseconds, as long as the page is seen. Default: never. */
  everyMs?: number;
  /** The cursor to go on by, where what a page of a list found is not enough: what is shown meanwhile is the newest page. */
  nextCursor?(data: Data): string | undefined;
}

/** @param query undefined: asks nothing yet */
export function useQuery<Path extends ReadPath>(
  path: Path,
  query: Query | undefined,
  { everyMs, nextCursor }: QueryOptions<ResponseData<Path>> = {},
): QueryResult<ResponseData<Path>> {
  const { client, onError } = useApp();
  const [state, setState] = useState<State<ResponseData<Path>>>({});
  const [isLoading, setLoading] = useState(query !== undefined);
  const [turn, setTurn] = useState(0);
  const question = query && `${path}?${toSearchParams(query)}`;
  const subject = query && toSubject(path, query);
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
      const cursor = nextCursor?.(data);
      if (cursor !== undefined) await read({ ...query, cursor });
    };
    const end = () => {
      isBusy.current = false;
      setLoading(false);
    };
    read(asked.current).then(
      () => ended.signal.aborted || end(),
      (thrown) => {
        if (ended.signal.aborted) return;
        const error = toApiError(thrown);
        setState((before) => (before.subject === subject ? { ...before, error } : { error, subject }));
        end();
        onError(error);
      },
    );
    return () => ended.abort();
    // `goOn` is the same for a path.
  }, [client, path, question, subject, turn, onError]);

  useEffect(() => {
    if (everyMs === undefined || question === undefined) return;
    const timer = setInterval(
      () => document.hidden || isBusy.current || setTurn((before) => before + 1),
      everyMs,
    );
    return () => clearInterval(timer);
  }, [everyMs, question]);

  const { data, error }: State<ResponseData<Path>> = state.subject === subject ? state : {};
  return {
    data,
    error,
    isLoading,
    isOld: data !== undefined && state.question !== question,
    again: () => setTurn((before) => before + 1),
  };
}

/** Parameters that change the presentation of a result, not its data. */
const PRESENTATION_PARAMETERS = new Set([
  'align',
  'breakdown',
  'compare',
  'compare_from',
  'compare_to',
  'interval',
  'limit',
  'metric',
  'order',
  'sort',
]);

const toSubject = (path: string, query: Query): string =>
  `${path}?${toSearchParams(Object.fromEntries(Object.entries(query).filter(([name]) => !PRESENTATION_PARAMETERS.has(name))))}`;
