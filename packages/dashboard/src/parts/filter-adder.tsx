/** Adds a filter that no table offers: by what, and which value; those that were seen are suggested. */
import type { Breakdown } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { withFilter } from '../address/address.js';
import { useQuery } from '../api/use-query.js';
import { useRead } from '../api/use-read.js';
import { useApp } from '../app/context.js';
import { readablePath } from '../format/path.js';
import { BREAKDOWN_NAMES } from '../words/breakdown-names.js';
import { FILTER_WORDS } from '../words/filter-words.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { Popover } from './popover.js';

export function FilterAdder() {
  const words = useWords(FILTER_WORDS);
  return (
    <Popover class="filter-adder" label={`+ ${words.filter}`} title={words.add}>
      {(close) => <FilterForm close={close} />}
    </Popover>
  );
}

function FilterForm({ close }: { close(): void }) {
  const words = useWords(FILTER_WORDS);
  const shell = useWords(SHELL_WORDS);
  const names = useWords(BREAKDOWN_NAMES);
  const { address, go } = useApp();
  const [by, setBy] = useState<Breakdown>('page');
  const [not, setNot] = useState(false);
  const [value, setValue] = useState('');
  const query = useQuery();
  const { data } = useRead('/stats', { ...query, breakdown: by, limit: '200' });
  const add = (event: Event) => {
    event.preventDefault();
    if (value.trim() === '') return;
    // Another filter is another list: its pages are others.
    go({ filters: withFilter(address.filters, { by, value: value.trim(), not }), own: { after: null } });
    close();
  };
  return (
    <form class="fields" onSubmit={add}>
      <label>
        {words.what}
        <select value={by} onChange={({ currentTarget }) => setBy(currentTarget.value as Breakdown)}>
          {Object.entries(names).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.value}
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
          <option key={row.value} value={by.endsWith('page') ? readablePath(row.value) : row.value} />
        ))}
      </datalist>
      <label class="toggle">
        <input
          type="checkbox"
          checked={not}
          onChange={({ currentTarget }) => setNot(currentTarget.checked)}
        />
        {words.without}
      </label>
      <button type="submit" class="primary">
        {shell.apply}
      </button>
    </form>
  );
}
