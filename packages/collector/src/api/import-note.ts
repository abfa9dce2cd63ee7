/** Says of a response that an import has added to its days, and is not in all of its numbers yet. */
import type { CodedNote } from '@liveinsight/schema';
import { createNote, type Note, toNoteFields } from '../notes.js';
import type { DayMark, RollupStore } from '../storage/rollup-store.js';
import { DAY_MS } from '../time/ms.js';

/** What responses about a range have. */
interface RangeData {
  from: string;
  to: string;
  previous?: { from: string; to: string };
  notes?: string[];
  note_codes?: CodedNote[];
}

/**
 * Days whose hours and days are not aggregated again yet: until then a range has the import where it is read from the log,
 * and lacks it where it is read from rollups. To be read before them: a mark goes when they have it.
 */
export const readImportedDays = ({ markedDays }: RollupStore, site: string): Promise<DayMark[]> =>
  markedDays(site, 'import', { consistent: false });

export function withImportNote<Data>(data: Data, marks: readonly DayMark[]): Data {
  if (marks.length === 0 || !isRangeData(data)) return data;
  const note = toImportNote(marks, [data, ...(data.previous ? [data.previous] : [])]);
  if (!note) return data;
  const { notes = [], note_codes: codes = [] } = toNoteFields([note]);
  return {
    ...data,
    notes: [...(data.notes ?? []), ...notes],
    note_codes: [...(data.note_codes ?? []), ...codes],
  };
}

/** @param ranges undefined where none of them has a day that was imported into */
export function toImportNote(
  marks: readonly DayMark[],
  ranges: readonly { from: string; to: string }[],
): Note | undefined {
  const days = marks
    .map(({ day }) => Date.parse(day))
    .filter((day) => ranges.some(({ from, to }) => day < Date.parse(to) && day + DAY_MS > Date.parse(from)))
    .sort((a, b) => a - b);
  const [first] = days;
  if (first === undefined) return undefined;
  const at = new Date(first).toISOString();
  const message = `an import has added to ${days.length} days of the range, the first of ${at}, and is counted within minutes: until then not all numbers have it, and they may not add up`;
  return createNote('import_pending', message, { at, count: days.length });
}

const isRangeData = (data: unknown): data is RangeData =>
  typeof data === 'object' &&
  data !== null &&
  'from' in data &&
  'to' in data &&
  typeof data.from === 'string' &&
  typeof data.to === 'string';
