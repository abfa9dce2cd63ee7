/** What stands where an answer would: it loads, there is none, it failed, it is not for this key. */
import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem.js';
import type { Answer } from '../api/use-read.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';

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

export function Loading({ lines = 6 }: { lines?: number }) {
  const words = useWords(SHELL_WORDS);
  return (
    <div class="state loading" role="status">
      <span class="hidden-text">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="bone" />
      ))}
    </div>
  );
}

export function ProblemState({ problem, again }: { problem: Problem; again?: () => void }) {
  const words = useWords(SHELL_WORDS);
  const hint =
    problem.kind === 'unreachable'
      ? words.unreachable_hint
      : problem.kind === 'forbidden'
        ? words.forbidden_hint
        : problem.message;
  return (
    <div class="state problem" role="alert">
      <p class="state-title">{words[problem.kind]}</p>
      {hint && <p>{hint}</p>}
      {again && problem.kind !== 'forbidden' && (
        <button type="button" onClick={again}>
          {words.again}
        </button>
      )}
    </div>
  );
}

interface AnsweredProps<Data> {
  answer: Answer<Data>;
  /** Lines of the skeleton while nothing is there yet. */
  lines?: number;
  children(data: Data): ComponentChildren;
}

/** The answer; until it is there, what keeps its place; where a newer one failed, both. */
export function Answered<Data>({ answer, lines = 6, children }: AnsweredProps<Data>) {
  const words = useWords(SHELL_WORDS);
  const { data, problem, isOld, isLoading, again } = answer;
  if (data === undefined) {
    if (problem && !isLoading) return <ProblemState problem={problem} again={again} />;
    return <Loading lines={lines} />;
  }
  return (
    <div class={isOld || problem ? 'answered old' : 'answered'} aria-busy={isLoading}>
      {problem && !isLoading && (
        <p class="notice alarm" role="alert">
          {words[problem.kind]} {problem.kind === 'refused' && problem.message} {words.old}{' '}
          <button type="button" class="quiet" onClick={again}>
            {words.again}
          </button>
        </p>
      )}
      {children(data)}
    </div>
  );
}
