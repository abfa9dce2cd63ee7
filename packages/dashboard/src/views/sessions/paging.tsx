/** From page to page of a list, each with an address of its own. */
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { SESSIONS } from './messages.js';

interface PagingProps {
  /** Cursor of this page; undefined: the first. */
  after: string | undefined;
  /** Cursor of the next; undefined: there is none. */
  next: string | undefined;
  /** Whether pages are by arrival. Default true. */
  isByArrival?: boolean;
}

export function Paging({ after, next, isByArrival = true }: PagingProps) {
  const messages = useMessages(SESSIONS);
  const { hrefTo } = useApp();
  if (after === undefined && next === undefined) return null;
  return (
    <p class="paging">
      {after !== undefined && (
        <a href={hrefTo({ own: { after: null } })}>← {isByArrival ? messages.newest : messages.first}</a>
      )}
      {next !== undefined && (
        <a href={hrefTo({ own: { after: next } })}>{isByArrival ? messages.older : messages.next} →</a>
      )}
    </p>
  );
}
