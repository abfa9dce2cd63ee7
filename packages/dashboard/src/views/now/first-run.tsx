/** Before a site's first event: the tag to put into its pages, and a check that waits with the reader. */
import { useRef, useState } from 'preact/hooks';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { NOW } from './messages.js';

const COPIED_MS = 2_000;

export function FirstRun({ isWatching }: { isWatching: boolean }) {
  const messages = useMessages(NOW);
  const { client, site } = useApp();
  const tag = `<script async src="${client.config.tracker}" data-site="${site.id}"></script>`;
  return (
    <section class="panel first-run" aria-labelledby="first-run-title">
      <h2 id="first-run-title">{messages.first_title}</h2>
      <ol>
        <li>
          <p>{messages.first_tag}</p>
          <CopiedText text={tag} />
        </li>
        <li>
          <p>{messages.first_open}</p>
        </li>
        <li>
          <p class={isWatching ? 'waiting' : ''} role="status">
            {isWatching ? messages.first_waiting(site.id) : messages.connecting}
          </p>
        </li>
      </ol>
      <p class="soft">{messages.first_hint}</p>
    </section>
  );
}

function CopiedText({ text }: { text: string }) {
  const messages = useMessages(NOW);
  const [isCopied, setCopied] = useState(false);
  const shown = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), COPIED_MS);
    } catch {
      // Where the clipboard is denied, it is marked for the reader's own copying.
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
    }
  };
  return (
    <div class="copied">
      <code id="tag" ref={shown}>
        {text}
      </code>
      <button type="button" onClick={copy}>
        {isCopied ? messages.copied : messages.copy}
      </button>
    </div>
  );
}
