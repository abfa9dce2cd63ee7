/** What happened, and when: for a note on the chart. */
import { useState } from 'preact/hooks';
import { useMessages } from '../hooks/use-messages.js';
import { ANNOTATION_MESSAGES } from '../i18n/annotation-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

export interface AnnotationFormProps {
  keep(at: string, text: string): void;
}

export function AnnotationForm({ keep }: AnnotationFormProps) {
  const messages = useMessages(ANNOTATION_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const [at, setAt] = useState(localMinute(new Date()));
  const [text, setText] = useState('');
  const save = (event: Event) => {
    event.preventDefault();
    const when = new Date(at);
    if (text.trim() !== '' && !Number.isNaN(when.getTime())) keep(when.toISOString(), text.trim());
  };
  return (
    <form class="note-form" onSubmit={save}>
      <label>
        {messages.text}
        <input
          required
          maxLength={500}
          placeholder={messages.example}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <label>
        {messages.when}
        <input
          type="datetime-local"
          required
          value={at}
          onInput={({ currentTarget }) => setAt(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        {shell.save}
      </button>
    </form>
  );
}

/** As the field wants it: by this computer's clock and zone. */
const localMinute = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
