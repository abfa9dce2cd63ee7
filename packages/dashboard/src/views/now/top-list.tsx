/** Where the active sessions are, or come from, or what with: the largest first. */
import type { Breakdown, ValueCount } from '@liveinsight/schema';
import { LiveList } from '../../components/live-list.js';
import { LiveNumber } from '../../components/live-number.js';
import { Panel } from '../../components/panel.js';
import { ValueIcon } from '../../components/value-icon.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { valueLabel } from '../../i18n/value-label.js';
import { NOW } from './messages.js';

interface TopListProps {
  by: Breakdown;
  title: string;
  rows: readonly ValueCount[] | undefined;
}

const SHOWN = 8;

export function TopList({ by, title, rows }: TopListProps) {
  const messages = useMessages(NOW);
  const largest = rows?.[0]?.sessions ?? 1;
  return (
    <Panel class="values" title={title}>
      <LiveList
        label={title}
        rows={(rows ?? []).slice(0, SHOWN)}
        rowKey={({ value }) => value}
        room={SHOWN}
        empty={rows && messages.no_visitors}
        attributes={({ value }) => ({ 'data-value': value })}
      >
        {(row) => <ValueRow by={by} row={row} largest={largest} />}
      </LiveList>
    </Panel>
  );
}

function ValueRow({ by, row, largest }: { by: Breakdown; row: ValueCount; largest: number }) {
  const { format, language } = useApp();
  const { value, sessions } = row;
  return (
    <>
      <span class="share" style={{ '--share': sessions / largest }} />
      <span class="cut">
        <ValueIcon dimension={by} value={value} />
        <bdi>{valueLabel(by, value, language, format)}</bdi>
      </span>
      <LiveNumber class="count" text={format.number(sessions)} />
    </>
  );
}
