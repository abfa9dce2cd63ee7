/** A list whose rows keep their elements and slide to their places: what arrives moves nothing by layout. */
import type { ComponentChildren } from 'preact';
import { moveFocus } from './move-focus.js';

interface LiveListProps<Row> {
  id?: string;
  label: string;
  rows: readonly Row[];
  rowKey(row: Row): string;
  /** Rows there is room for at least: the list never is lower. */
  room: number;
  /** Attributes of the row's element. */
  attributes?(row: Row): Record<`data-${string}`, string>;
  class?: string;
  /** Said where there are none: it takes the list's own room, so that the first row moves nothing. */
  empty?: string | undefined;
  children(row: Row): ComponentChildren;
}

export function LiveList<Row>(props: LiveListProps<Row>) {
  const { id, label, rows, rowKey, room, attributes, class: name = '', empty, children } = props;
  return (
    <div class={`live-list ${name}`} style={{ '--room': room }}>
      <ol {...(id ? { id } : {})} aria-label={label} style={{ '--rows': rows.length }} onKeyDown={moveFocus}>
        {rows.map((row, at) => (
          <li key={rowKey(row)} style={{ '--at': at }} {...attributes?.(row)}>
            {children(row)}
          </li>
        ))}
      </ol>
      {rows.length === 0 && empty && <p class="soft">{empty}</p>}
    </div>
  );
}
