/** A button whose work cannot be undone: it asks once more, in its own place. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

interface ConfirmButtonProps {
  /** What it does, and to what. */
  label: string;
  confirm(): void;
}

export function ConfirmButton({ label, confirm }: ConfirmButtonProps) {
  const shell = useMessages(SHELL_MESSAGES);
  const [isAsking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    // The safe answer has the focus; afterwards it goes back to where it came from.
    if (isAsking) cancel.current?.focus();
    else if (wasAsking.current) button.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  if (!isAsking)
    return (
      <button
        type="button"
        class="quiet"
        ref={button}
        aria-label={label}
        title={label}
        onClick={() => setAsking(true)}
      >
        ×
      </button>
    );
  return (
    <fieldset
      class="confirm"
      aria-label={label}
      onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}
    >
      <button
        type="button"
        class="alarm"
        onClick={() => {
          setAsking(false);
          confirm();
        }}
      >
        {shell.remove}
      </button>
      <button type="button" ref={cancel} onClick={() => setAsking(false)}>
        {shell.cancel}
      </button>
    </fieldset>
  );
}
