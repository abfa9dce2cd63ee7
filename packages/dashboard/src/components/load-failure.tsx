/** In place of a part of the program that could not be loaded. After an update of the collector its files are others: only loading the page again helps. */
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

export function LoadFailure() {
  const messages = useMessages(SHELL_MESSAGES);
  return (
    <div class="state error" role="alert">
      <p class="state-title">{messages.not_loaded}</p>
      <p>{messages.not_loaded_hint}</p>
      <button type="button" onClick={() => location.reload()}>
        {messages.reload}
      </button>
    </div>
  );
}
