/** What an answer says of itself that is cut or approximate: in words for people, and by code for programs. Pure. */
import type { CodedNote, NoteCode } from '@liveinsight/schema';

export interface Note extends CodedNote {
  message: string;
}

export const createNote = (code: NoteCode, message: string, values: Omit<CodedNote, 'code'> = {}): Note => ({
  code,
  message,
  ...values,
});

/** Each note once, in words and in the same place by its code; nothing where there is none. */
export function toNoteFields(notes: readonly Note[]): { notes?: string[]; note_codes?: CodedNote[] } {
  if (notes.length === 0) return {};
  const each = [...new Map(notes.map((note) => [note.message, note])).values()];
  return {
    notes: each.map(({ message }) => message),
    note_codes: each.map(({ message: _, ...coded }) => coded),
  };
}
