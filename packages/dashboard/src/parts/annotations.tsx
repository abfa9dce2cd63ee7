/** Notes on moments, as of releases: those of the range, and the way to write and remove one. */
import type { Annotation } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { asProblem, type Problem } from '../api/problem.js';
import { useApp } from '../app/context.js';
import { ANNOTATION_WORDS } from '../words/annotation-words.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { Popover } from './popover.js';

interface AnnotationsProps {
  annotations: readonly Annotation[];
  /** They have changed. */
  again(): void;
}

export function Annotations({ annotations, again }: AnnotationsProps) {
  const words = useWords(ANNOTATION_WORDS);
  const shell = useWords(SHELL_WORDS);
  const { client, site, format } = useApp();
  const [problem, setProblem] = useState<Problem>();
  const change = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work;
      setProblem(undefined);
      again();
      return true;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    }
  };
  return (
    <div class="annotations">
      <ul aria-label={words.notes}>
        {annotations.map(({ id, at, text }) => (
          <li key={id}>
            <time dateTime={at}>{format.moment(at)}</time>
            <bdi>{text}</bdi>
            <button
              type="button"
              class="quiet"
              aria-label={words.remove(text)}
              onClick={() => change(client.remove('annotations', site.id, id))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <Popover class="add-note" label={words.add} title={words.add_title}>
        {(close) => (
          <NoteForm
            keep={async (at, text) => {
              if (await change(client.put('annotations', site.id, { at, text }))) close();
            }}
          />
        )}
      </Popover>
      {problem && (
        <p class="notice alarm" role="alert">
          {problem.kind === 'unauthorized' ? shell.admin_wanted : problem.message || shell[problem.kind]}
        </p>
      )}
    </div>
  );
}

function NoteForm({ keep }: { keep(at: string, text: string): void }) {
  const words = useWords(ANNOTATION_WORDS);
  const shell = useWords(SHELL_WORDS);
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
        {words.text}
        <input
          required
          maxLength={500}
          placeholder={words.example}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <label>
        {words.when}
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
