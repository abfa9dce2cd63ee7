/** What is not whole of an answer: from when on it is known, and what the API says was cut or is approximate. */
import { useApp } from '../app/context.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';

interface NotesProps {
  notes?: readonly string[] | undefined;
  /** Present where less is known than asked for. */
  knownFrom?: string | undefined;
}

export function Notes({ notes = [], knownFrom }: NotesProps) {
  const words = useWords(SHELL_WORDS);
  const { format, site } = useApp();
  // What the API says of it, too, is said in the reader's language instead.
  const others = notes.filter((note) => knownFrom === undefined || !note.includes(knownFrom));
  const known =
    knownFrom === undefined
      ? []
      : [words.known_from(format.moment(knownFrom), format.number(site.retention_days))];
  return [...known, ...others].map((note) => (
    <p key={note} class="notice plain">
      {note}
    </p>
  ));
}
