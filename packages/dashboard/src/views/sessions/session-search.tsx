/** A text that sessions must have in what the list shows; the collector looks for it over the whole range. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { SESSIONS } from './messages.js';

/** Who types on is not asked for each letter. */
const PAUSE_MS = 300;

export function SessionSearch() {
  const messages = useMessages(SESSIONS);
  const { urlState, go } = useApp();
  const { search = '' } = urlState.own;
  const [text, setText] = useState(search);
  const sent = useRef(search);
  useEffect(() => {
    // By the back button, or a link.
    if (search !== sent.current) setText(search);
    sent.current = search;
  }, [search]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = wanted;
      go({ own: { search: wanted || null, after: null } }, 'replace');
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      type="search"
      class="table-search"
      maxLength={200}
      placeholder={messages.search_hint}
      aria-label={messages.search}
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
    />
  );
}
