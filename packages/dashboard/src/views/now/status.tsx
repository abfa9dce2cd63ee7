/** Whether what is shown is of now, and since when not. */
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import type { LiveState } from '../../live/feed.js';
import { NOW } from './messages.js';

export function Status({ live: { freshness, updatedAt, error, isPolled } }: { live: LiveState }) {
  const messages = useMessages(NOW);
  const common = useMessages(SHELL_MESSAGES);
  const { format } = useApp();
  const since = updatedAt === undefined ? messages.never : messages.stale(format.time(updatedAt));
  const text = {
    waiting: messages.connecting,
    live: isPolled ? messages.polled : messages.live,
    stale: error ? `${since}. ${common[error.kind]}` : since,
  }[freshness];
  return (
    <p id="status" class="status" role="status" data-state={freshness}>
      {text}
    </p>
  );
}
