/** Before the first answer: that it comes, or why it does not. */
import type { Problem } from '../api/problem.js';
import type { Language } from '../words/catalogue.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { Brand } from './brand.js';

export function StartPage({ language, problem }: { language: Language; problem: Problem | undefined }) {
  const words = SHELL_WORDS[language];
  return (
    <main class="lonely" aria-busy={!problem}>
      <h1>
        <Brand />
      </h1>
      <div role="status">
        <p class="state-title">{problem ? words[problem.kind] : words.loading}</p>
        {problem && <p>{problem.kind === 'unreachable' ? words.unreachable_hint : problem.message}</p>}
      </div>
    </main>
  );
}
