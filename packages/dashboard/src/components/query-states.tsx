/** What stands where an answer would: it loads, there is none, it failed, it is not for this key. */
import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/error.js';
import { useMessages } from '../hooks/use-messages.js';
import type { QueryResult } from '../hooks/use-query.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

interface StateProps {
  title: string;
  children?: ComponentChildren;
}

export const Empty = ({ title, children }: StateProps) => (
  <div class="state">
    <p class="state-title">{title}</p>
    {children}
  </div>
);

interface LoadingProps {
  lines?: number;
  /** What keeps the place instead of lines. */
  children?: ComponentChildren;
}

export function Loading({ lines = 6, children }: LoadingProps) {
  const messages = useMessages(SHELL_MESSAGES);
  return (
    <div class="state loading" role="status">
      <span class="hidden-text">{messages.loading}</span>
      {children ?? Array.from({ length: lines }, (_, line) => <span key={line} class="bone" />)}
    </div>
  );
}

export function ErrorState({ error, again }: { error: ApiError; again?: () => void }) {
  const messages = useMessages(SHELL_MESSAGES);
  const hint =
    error.kind === 'unreachable'
      ? messages.unreachable_hint
      : error.kind === 'forbidden'
        ? messages.forbidden_hint
        : error.message;
  return (
    <div class="state error" role="alert">
      <p class="state-title">{messages[error.kind]}</p>
      {hint && <p>{hint}</p>}
      {again && error.kind !== 'forbidden' && (
        <button type="button" onClick={again}>
          {messages.again}
        </button>
      )}
    </div>
  );
}

interface AnsweredProps<Data> {
  result: QueryResult<Data>;
  /** Lines of the skeleton while nothing is there yet. */
  lines?: number;
  /** What keeps the place instead: in the shape of what comes. */
  skeleton?: ComponentChildren;
  children(data: Data): ComponentChildren;
}

/** The answer; until it is there, what keeps its place; where a newer one failed, both. */
export function QueryState<Data>({ result, lines = 6, skeleton, children }: AnsweredProps<Data>) {
  const messages = useMessages(SHELL_MESSAGES);
  const { data, error, isOld, isLoading, again } = result;
  if (data === undefined) {
    if (error && !isLoading) return <ErrorState error={error} again={again} />;
    return <Loading lines={lines}>{skeleton}</Loading>;
  }
  return (
    <div class={isOld || error ? 'answered old' : 'answered'} aria-busy={isLoading}>
      {error && !isLoading && (
        <p class="notice alarm" role="alert">
          {messages[error.kind]}. {error.kind === 'invalid' && error.message} {messages.old}{' '}
          <button type="button" class="quiet" onClick={again}>
            {messages.again}
          </button>
        </p>
      )}
      {children(data)}
    </div>
  );
}
