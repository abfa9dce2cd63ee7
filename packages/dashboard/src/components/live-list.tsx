/** A list whose rows keep their elements and slide to their places: what arrives moves nothing by layout. */
import { Component, type ComponentChildren } from 'preact';
import { moveFocus } from './move-focus.js';

interface LiveListProps<Row extends object> {
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
  /** What is shown of a row. It depends on nothing but the row: it is called once for each. */
  children(row: Row): ComponentChildren;
}

export function LiveList<Row extends object>(props: LiveListProps<Row>) {
  const { id, label, rows, rowKey, room, attributes, class: name = '', empty, children } = props;
  return (
    <div class={`live-list ${name}`} style={{ '--room': room }}>
      <ol {...(id ? { id } : {})} aria-label={label} style={{ '--rows': rows.length }} onKeyDown={moveFocus}>
        {rows.map((row, at) => (
          <li key={rowKey(row)} style={{ '--at': at }} {...attributes?.(row)}>
            <LiveRow row={row} show={children} />
          </li>
        ))}
      </ol>
      {rows.length === 0 && empty && <p class="soft">{empty}</p>}
    </div>
  );
}

interface LiveRowProps<Row> {
  row: Row;
  show(row: Row): ComponentChildren;
}

/** What is the same object is the same to look at: it moves, and is not made again. */
class LiveRow<Row> extends Component<LiveRowProps<Row>> {
  override shouldComponentUpdate({ row }: LiveRowProps<Row>): boolean {
    return row !== this.props.row;
  }

  render({ row, show }: LiveRowProps<Row>): ComponentChildren {
    return show(row);
  }
}
