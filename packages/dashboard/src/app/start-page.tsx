/** Before the first answer: that it comes, or why it does not. */
import type { ApiError } from '../api/error.js';
import type { Language } from '../i18n/languages.js';
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

/** Where the part that is to follow could not be loaded. */
export function StartFailure({ language }: { language: Language }) {
  const messages = SHELL_MESSAGES[language];
  return (
    <main class="centered">
      <h1>
        <Logo />
      </h1>
      <div role="alert">
        <p class="state-title">{messages.not_loaded}</p>
        <p>{messages.not_loaded_hint}</p>
      </div>
      <button type="button" class="primary" onClick={() => location.reload()}>
        {messages.reload}
      </button>
    </main>
  );
}
