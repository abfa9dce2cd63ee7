/** Where less is known than asked for: leads to the time that is known. */
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { dateAt } from '../../url-state/dates.js';
import { formatRange } from '../../url-state/range.js';
import { OVERVIEW } from './messages.js';

export function ShortenRange({ knownFrom, to }: { knownFrom: string | undefined; to: string }) {
  const messages = useMessages(OVERVIEW);
  const { hrefTo, timezone } = useApp();
  if (knownFrom === undefined) return null;
  const first = dateAt(Date.parse(knownFrom), timezone);
  const last = dateAt(Date.parse(to) - 1, timezone);
  if (first > last) return null;
  return (
    <p class="shorten">
      <a class="button" href={hrefTo({ range: formatRange({ from: first, to: last }) })}>
        {messages.shorten}
      </a>
    </p>
  );
}
