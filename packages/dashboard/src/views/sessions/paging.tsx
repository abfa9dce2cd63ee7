/** From page to page of a list, each with an address of its own. */
import { useApp } from '../../app/context.js';
import { useWords } from '../../words/use-words.js';
import { SESSIONS } from './words.js';

interface PagingProps {
  /** Cursor of this page; undefined: the first. */
  after: string | undefined;
  /** Cursor of the next; undefined: there is none. */
  next: string | undefined;
  /** Whether pages are by arrival. Default true. */
  isByArrival?: boolean;
}

export function Paging({ after, next, isByArrival = true }: PagingProps) {
  const words = useWords(SESSIONS);
  const { hrefTo } = useApp();
  if (after === undefined && next === undefined) return null;
  return (
    <p class="paging">
      {after !== undefined && (
        <a href={hrefTo({ own: { after: null } })}>← {isByArrival ? words.newest : words.first}</a>
      )}
      {next !== undefined && (
        <a href={hrefTo({ own: { after: next } })}>{isByArrival ? words.older : words.next} →</a>
      )}
    </p>
  );
}
