/** How far a list has looked, where it has not come to its end. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

interface SearchMarkProps {
  /** The arrival that it has come to. */
  to: string;
  isMore: boolean;
  hasRows: boolean;
}

export function SearchMark({ to, isMore, hasRows }: SearchMarkProps) {
  const messages = useMessages(SHELL_MESSAGES);
  const { format } = useApp();
  if (!isMore) return null;
  const when = format.moment(to);
  return (
    <p class="soft searched" role="status">
      {hasRows ? messages.searched_to(when) : messages.searching(when)}
    </p>
  );
}
