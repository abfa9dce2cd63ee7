/** Adds a filter that no table offers: by what, and which value; those that were seen are suggested. */
import type { Breakdown } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { readablePath } from '../format/path.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { useUrlQuery } from '../hooks/use-url-query.js';
import { BREAKDOWN_NAMES } from '../i18n/breakdown-names.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { valueLabel } from '../i18n/value-label.js';
import { withFilter } from '../url-state/url-state.js';
import { Popover } from './popover.js';

export function FilterAdder() {
  const messages = useMessages(FILTER_MESSAGES);
  return (
    <Popover class="filter-adder" label={`+ ${messages.filter}`} title={messages.add}>
      {(close) => <FilterForm close={close} />}
    </Popover>
  );
}

function FilterForm({ close }: { close(): void }) {
  const messages = useMessages(FILTER_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { urlState, go, language, format } = useApp();
  const [by, setBy] = useState<Breakdown>('page');
  const [not, setNot] = useState(false);
  const [value, setValue] = useState('');
  const query = useUrlQuery();
  const { data } = useQuery('/stats', { ...query, breakdown: by, limit: '200' });
  const add = (event: Event) => {
    event.preventDefault();
    if (value.trim() === '') return;
    // Another filter is another list: its pages are others.
    go({ filters: withFilter(urlState.filters, { by, value: value.trim(), not }), own: { after: null } });
    close();
  };
  return (
    <form class="fields" onSubmit={add}>
      <label>
        {messages.what}
        <select value={by} onChange={({ currentTarget }) => setBy(currentTarget.value as Breakdown)}>
          {Object.entries(names).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {messages.value}
        <input
          list="filter-values"
          autocomplete="off"
          required
          value={value}
          onInput={({ currentTarget }) => setValue(currentTarget.value)}
        />
      </label>
      <datalist id="filter-values">
        {data?.breakdowns[by]?.map((row) => (
          <option key={row.value} value={by.endsWith('page') ? readablePath(row.value) : row.value}>
            {valueLabel(by, row.value, language, format)}
          </option>
        ))}
      </datalist>
      <label class="toggle">
        <input
          type="checkbox"
          checked={not}
          onChange={({ currentTarget }) => setNot(currentTarget.checked)}
        />
        {messages.without}
      </label>
      <button type="submit" class="primary">
        {shell.apply}
      </button>
    </form>
  );
}
