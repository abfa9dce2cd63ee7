/** Before the first answer: that it comes, or why it does not. */
import type { ApiError } from '../api/error.js';
import type { Language } from '../i18n/define-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { Logo } from './logo.js';

export function StartPage({ language, error }: { language: Language; error: ApiError | undefined }) {
  const messages = SHELL_MESSAGES[language];
  return (
    <main class="centered" aria-busy={!error}>
      <h1>
        <Logo />
      </h1>
      <div role="status">
        <p class="state-title">{error ? messages[error.kind] : messages.loading}</p>
        {error && <p>{error.kind === 'unreachable' ? messages.unreachable_hint : error.message}</p>}
      </div>
    </main>
  );
}
