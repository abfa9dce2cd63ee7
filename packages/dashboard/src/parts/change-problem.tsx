/** What became of a change: that it is made, or what stands in its way. */
import type { Change } from '../api/use-change.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';

export function ChangeProblem({ change, done }: { change: Change; done: string }) {
  const words = useWords(SHELL_WORDS);
  const { problem, isDone } = change;
  if (!problem)
    return (
      <p class="soft" role="status">
        {isDone ? done : ''}
      </p>
    );
  const isKey = problem.kind === 'unauthorized' || problem.kind === 'forbidden';
  return (
    <p class="notice alarm" role="alert">
      {isKey ? words.admin_wanted : problem.message || words[problem.kind]}
    </p>
  );
}
