/** Puts a session's id into the clipboard. */
import { useState } from 'preact/hooks';
import { Icon } from '../components/icon.js';
import { useMessages } from '../hooks/use-messages.js';
import { SESSION_MESSAGES } from '../i18n/session-messages.js';

export function CopyId({ id }: { id: string }) {
  const messages = useMessages(SESSION_MESSAGES);
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    // Where the clipboard is denied, the title still has the id.
    navigator.clipboard?.writeText(id).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <>
      <button type="button" class="icon-button" title={id} aria-label={messages.copy} onClick={copy}>
        <Icon name="copy" />
      </button>
      <span class="soft" role="status">
        {isCopied && messages.copied}
      </span>
    </>
  );
}
