/** The whole table of a dimension over the view, where the URL's `table` names one; loaded when it is opened. */
import type { Breakdown } from '@liveinsight/schema';
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { useApp } from '../hooks/app-context.js';
import { isBreakdown } from '../url-state/url-state.js';

export interface TableDialogProps {
  by: Breakdown;
  /** Site, range, comparison and filters of the rows. */
  query: Query;
}

export function TableDialogOutlet({ query }: { query: Query }) {
  const { urlState } = useApp();
  const { table } = urlState.own;
  const [Dialog, setDialog] = useState<ComponentType<TableDialogProps>>();
  const isOpen = table !== undefined && isBreakdown(table);
  useEffect(() => {
    if (!isOpen) return;
    import('./table-dialog.js').then(
      ({ TableDialog }) => setDialog(() => TableDialog),
      () => {},
    );
  }, [isOpen]);
  return isOpen && Dialog ? <Dialog by={table} query={query} /> : null;
}
