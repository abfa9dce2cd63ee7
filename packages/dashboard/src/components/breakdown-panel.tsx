/** A panel with a breakdown: its dimensions as tabs, and a search that opens over them. */
import type { Breakdown, StatsData } from '@liveinsight/schema';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';
import { BreakdownTable } from './breakdown-table.js';
import { Icon } from './icon.js';
import { Panel } from './panel.js';
import { Loading } from './query-states.js';
import { type Tab, Tabs } from './tabs.js';

interface BreakdownPanelProps {
  title: string;
  by: Breakdown;
  data: StatsData;
  query: Query;
  /** Other dimensions of the same. Default: none. */
  tabs?: readonly Tab<string>[];
  choose?(tab: string): void;
  /** Shown in place of the table, by the tab of this name. */
  picture?: { tab: string; content: ComponentChildren } | undefined;
  hasDialog?: boolean;
}

export function BreakdownPanel(props: BreakdownPanelProps) {
  const { title, by, data, query, tabs = [], choose, picture, hasDialog } = props;
  const shell = useMessages(SHELL_MESSAGES);
  const messages = useMessages(TABLE_MESSAGES);
  const [search, setSearch] = useState<string>();
  // A tab that was just chosen is not answered yet.
  const rows = data.breakdowns[by];
  const count = data.row_counts[by] ?? 0;
  return (
    <Panel
      class="breakdown"
      title={title}
      aside={
        search === undefined ? (
          <>
            {tabs.length > 1 && choose && (
              <Tabs label={title} tabs={tabs} chosen={picture?.tab ?? by} choose={choose} />
            )}
            {!picture && (
              <button
                type="button"
                class="icon-button open-search"
                title={`${messages.open_search(title)} /`}
                aria-label={messages.open_search(title)}
                onClick={() => setSearch('')}
              >
                <Icon name="search" />
              </button>
            )}
          </>
        ) : (
          <SearchField title={`${shell.search}: ${title}`} search={search} setSearch={setSearch} />
        )
      }
    >
      {picture?.content ??
        (rows ? (
          <BreakdownTable
            key={by}
            by={by}
            rows={rows}
            count={count}
            totals={data.totals}
            query={query}
            search={search ?? ''}
            {...(hasDialog === undefined ? {} : { hasDialog })}
          />
        ) : (
          <Loading lines={10} />
        ))}
    </Panel>
  );
}

interface SearchFieldProps {
  title: string;
  search: string;
  setSearch(search: string | undefined): void;
}

function SearchField({ title, search, setSearch }: SearchFieldProps) {
  const shell = useMessages(SHELL_MESSAGES);
  const messages = useMessages(TABLE_MESSAGES);
  return (
    <span class="open-field">
      <input
        type="search"
        class="table-search"
        placeholder={shell.search}
        aria-label={title}
        ref={(field) => field?.focus()}
        value={search}
        onInput={({ currentTarget }) => setSearch(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setSearch(undefined);
        }}
      />
      <button
        type="button"
        class="icon-button"
        aria-label={messages.close_search}
        onClick={() => setSearch(undefined)}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}
