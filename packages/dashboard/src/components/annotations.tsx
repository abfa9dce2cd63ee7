/** Notes on moments, as of releases: those of the range, and the way to write and remove one. */
import type { Annotation } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { type ApiError, toApiError } from '../api/error.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { ANNOTATION_MESSAGES } from '../i18n/annotation-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { Popover } from './popover.js';

interface AnnotationsProps {
  annotations: readonly Annotation[];
  /** They have changed. */
  again(): void;
}

export function Annotations({ annotations, again }: AnnotationsProps) {
  const messages = useMessages(ANNOTATION_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { client, site, format } = useApp();
  const [error, setError] = useState<ApiError>();
  const change = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work;
      setError(undefined);
      again();
      return true;
    } catch (error) {
      setError(toApiError(error));
      return false;
    }
  };
  return (
    <div class="annotations">
      <ul aria-label={messages.notes}>
        {annotations.map(({ id, at, text }) => (
          <li key={id}>
            <time dateTime={at}>{format.moment(at)}</time>
            <bdi>{text}</bdi>
            <button
              type="button"
              class="quiet"
              aria-label={messages.remove(text)}
              onClick={() => change(client.remove('annotations', site.id, id))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <Popover class="add-note" label={messages.add} title={messages.add_title}>
        {(close) => (
          <NoteForm
            keep={async (at, text) => {
              if (await change(client.put('annotations', site.id, { at, text }))) close();
            }}
          />
        )}
      </Popover>
      {error && (
        <p class="notice alarm" role="alert">
          {error.kind === 'unauthorized' ? shell.admin_wanted : error.message || shell[error.kind]}
        </p>
      )}
    </div>
  );
}

function NoteForm({ keep }: { keep(at: string, text: string): void }) {
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
