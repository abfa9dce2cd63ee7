/** Adds a filter by any dimension, also by values that no table shows. */
import type { Breakdown } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useUrlQuery } from '../hooks/use-url-query.js';
import { BREAKDOWN_NAMES } from '../i18n/breakdown-names.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { withFilter } from '../url-state/url-state.js';
import { Popover } from './popover.js';
import { ValueField } from './value-field.js';

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
  const { urlState, go } = useApp();
  const [by, setBy] = useState<Breakdown>('page');
  const [not, setNot] = useState(false);
  const [value, setValue] = useState('');
  const query = useUrlQuery();
  const add = (event: Event) => {
    event.preventDefault();
    if (value === '') return;
    // A cursor belongs to the list as it was filtered before.
    go({ filters: withFilter(urlState.filters, { by, value, not }), own: { after: null } });
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
      <ValueField key={by} label={messages.value} by={by} value={value} set={setValue} query={query} />
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
