/** How far a list has looked, where it has not come to its end. */
import { useApp } from '../app/context.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';

interface SearchedProps {
  /** The arrival that it has come to. */
  to: string;
  isMore: boolean;
  hasRows: boolean;
}

export function Searched({ to, isMore, hasRows }: SearchedProps) {
  const words = useWords(SHELL_WORDS);
  const { format } = useApp();
  if (!isMore) return null;
  const when = format.moment(to);
  return (
    <p class="soft searched" role="status">
      {hasRows ? words.searched_to(when) : words.searching(when)}
    </p>
  );
}
