/** What became of a change: that it is made, or what stands in its way. */

import { useMessages } from '../hooks/use-messages.js';
import type { Change } from '../hooks/use-mutation.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

export function MutationError({ change, done }: { change: Change; done: string }) {
  const messages = useMessages(SHELL_MESSAGES);
  const { error, isDone } = change;
  if (!error)
    return (
      <p class="soft" role="status">
        {isDone ? done : ''}
      </p>
    );
  const isKey = error.kind === 'unauthorized' || error.kind === 'forbidden';
  return (
    <p class="notice alarm" role="alert">
      {isKey ? messages.admin_wanted : error.message || messages[error.kind]}
    </p>
  );
}
