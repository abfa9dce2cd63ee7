/** Where the active sessions are, or come from, or what with: the largest first. */
import type { Breakdown, ValueCount } from '@liveinsight/schema';
import { useApp } from '../../app/context.js';
import { LiveList } from '../../parts/live-list.js';
import { LiveNumber } from '../../parts/live-number.js';
import { Panel } from '../../parts/panel.js';
import { SHELL_WORDS } from '../../words/shell-words.js';
import { useWords } from '../../words/use-words.js';
import { valueLabel } from '../../words/value-label.js';
import { NOW } from './words.js';

interface ValuesProps {
  by: Breakdown;
  title: string;
  rows: readonly ValueCount[] | undefined;
}

const SHOWN = 8;

export function Values({ by, title, rows }: ValuesProps) {
  const words = useWords(NOW);
  const common = useWords(SHELL_WORDS);
  const { format } = useApp();
  const largest = rows?.[0]?.sessions ?? 1;
  return (
    <Panel class="values" title={title}>
      <LiveList
        label={title}
        rows={(rows ?? []).slice(0, SHOWN)}
        keyOf={({ value }) => value}
        room={SHOWN}
        empty={rows && words.nobody}
        attributes={({ value }) => ({ 'data-value': value })}
      >
        {({ value, sessions }) => (
          <>
            <span class="share" style={{ '--share': sessions / largest }} />
            <bdi class="cut">{valueLabel(by, value, common, format)}</bdi>
            <LiveNumber class="count" text={format.number(sessions)} />
          </>
        )}
      </LiveList>
    </Panel>
  );
}
