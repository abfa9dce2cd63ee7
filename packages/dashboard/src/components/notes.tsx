/** What is not whole of an answer: from when on it is known, and what the API says was cut or is approximate. */
import type { CodedNote, NoteCode } from '@liveinsight/schema';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { describeNote } from '../i18n/note-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

interface NotesProps {
  of: {
    notes?: readonly string[];
    note_codes?: readonly CodedNote[];
    /** Present where less is known than asked for. */
    known_from?: string;
  };
  /** Notes that are said elsewhere. */
  without?: readonly NoteCode[];
}

export function Notes({ of: { notes = [], note_codes = [], known_from }, without = [] }: NotesProps) {
  const messages = useMessages(SHELL_MESSAGES);
  const { format, language, site } = useApp();
  const isCut = note_codes.some(({ code }) => code === 'raw_events_cut');
  const texts = notes.flatMap((message, at) => {
    const note = note_codes[at];
    if (!note) return [message];
    // The note on the retention of raw events already says where the data begins.
    const isSaid = note.code === 'raw_events_expired' && note.at === known_from;
    return isSaid || without.includes(note.code)
      ? []
      : [describeNote(note, message, site.retention_days, language, format)];
  });
  const known =
    known_from === undefined || isCut
      ? []
      : [messages.known_from(format.date(known_from), format.number(site.retention_days))];
  return [...new Set([...known, ...texts])].map((note) => (
    <p key={note} class="notice plain">
      {note}
    </p>
  ));
}
