/** What visitors do that is reported by value, and which value that is. Pure. */
import type { ActionKind } from '@liveinsight/schema';
import { type Chunk, type EventKind, type Group, textAt } from '../columns/chunk.js';
import type { GroupReaders, ValueAt } from '../engine/value-groups.js';

export interface ActionReader {
  isCounted(kind: EventKind): boolean;
  read(chunk: Chunk): GroupReaders;
  groups: readonly Group[];
}

/** Events with one of these names that your code sends, or the tracker. */
const isCustom =
  (...names: string[]) =>
  ({ type, name }: EventKind): boolean =>
    type === 'custom' && names.includes(name);

const readPage =
  (chunk: Chunk): ValueAt =>
  (event) =>
    textAt(chunk.event().page, event);

const readLink = (chunk: Chunk): GroupReaders => {
  const { link } = chunk.detail();
  return { value: (event) => textAt(link, event), page: readPage(chunk) };
};

/** The text of the first of these properties that an event has. */
export function readProperty(chunk: Chunk, keys: readonly string[]): ValueAt {
  const values: (string | undefined)[] = [];
  for (const key of keys) {
    const column = chunk.property().get(key);
    for (const [index, row] of column?.rows.entries() ?? []) {
      const number = column?.number[index] ?? Number.NaN;
      values[row] ??= Number.isNaN(number) ? column && textAt(column.text, index) : String(number);
    }
  }
  return (event) => values[event];
}

export const ACTIONS: Record<ActionKind, ActionReader> = {
  links: { isCounted: isCustom('outbound_click'), read: readLink, groups: ['detail'] },
  downloads: { isCounted: isCustom('file_download'), read: readLink, groups: ['detail'] },
  forms: { isCounted: ({ type }) => type === 'form_submit', read: readLink, groups: ['detail'] },
  searches: {
    isCounted: isCustom('search'),
    read: (chunk) => ({ value: readProperty(chunk, ['query', 'search_term']), page: readPage(chunk) }),
    groups: ['property'],
  },
  not_found: {
    isCounted: isCustom('not_found'),
    read: (chunk) => ({ value: readPage(chunk), page: readProperty(chunk, ['from']) }),
    groups: ['property'],
  },
};
