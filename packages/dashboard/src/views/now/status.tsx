/** Whether what is shown is of now, and since when not. */
import { useApp } from '../../app/context.js';
import type { LiveState } from '../../live/feed.js';
import { SHELL_WORDS } from '../../words/shell-words.js';
import { useWords } from '../../words/use-words.js';
import { NOW } from './words.js';

export function Status({ live: { freshness, answeredAt, problem, isPolled } }: { live: LiveState }) {
  const words = useWords(NOW);
  const common = useWords(SHELL_WORDS);
  const { format } = useApp();
  const since = answeredAt === undefined ? words.never : words.stale(format.time(answeredAt));
  const said = {
    waiting: words.connecting,
    live: isPolled ? words.polled : words.live,
    stale: problem ? `${since}. ${common[problem.kind]}` : since,
  }[freshness];
  return (
    <p id="status" class="status" role="status" data-state={freshness}>
      {said}
    </p>
  );
}
