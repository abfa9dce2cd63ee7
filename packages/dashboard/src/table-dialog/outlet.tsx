/** The whole table of a dimension over the view, where the URL's `table` names one; loaded when it is opened. */
import type { Query } from '../api/client.js';
import { lazy } from '../components/lazy.js';
import { useApp } from '../hooks/app-context.js';
import { isBreakdown } from '../url-state/url-state.js';
import type { TableDialogProps } from './table-dialog.js';

const TableDialog = lazy<TableDialogProps>(async () => (await import('./table-dialog.js')).TableDialog);

export function TableDialogOutlet({ query }: { query: Query }) {
  const { table } = useApp().urlState.own;
  return table !== undefined && isBreakdown(table) ? <TableDialog by={table} query={query} /> : null;
}
