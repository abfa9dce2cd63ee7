/** Keeps the filters in force under a name, for everybody who sees the site. */
import { useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useMutation } from '../hooks/use-mutation.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { filterQuery } from '../url-state/url-query.js';
import { MutationError } from './mutation-error.js';

export function SegmentForm({ close }: { close(): void }) {
  const messages = useMessages(FILTER_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { urlState, client, site, go } = useApp();
  const [name, setName] = useState('');
  const change = useMutation(close);
  const save = (event: Event) => {
    event.preventDefault();
    const kept = urlState.filters.filter(({ by }) => by !== 'segment');
    change.run(async () => {
      const { id } = await client.put('segments', site.id, { name: name.trim(), filters: filterQuery(kept) });
      const others = urlState.filters.filter(({ by }) => by === 'segment');
      go({ filters: [...others, { by: 'segment', value: id, not: false }] });
    });
  };
  return (
    <form class="fields" onSubmit={save}>
      <label>
        {messages.segment_name}
        <input
          required
          maxLength={100}
          pattern=".*\S.*"
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <p class="soft">{messages.segment_hint}</p>
      <button type="submit" class="primary" disabled={change.isBusy}>
        {shell.save}
      </button>
      <MutationError change={change} done="" />
    </form>
  );
}
