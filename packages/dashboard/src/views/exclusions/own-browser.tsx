/** Leaves out the visitor's own browser: opens a page of the site by a link that tells the collector so. */
import { useState } from 'preact/hooks';
import { MutationError } from '../../components/mutation-error.js';
import { Panel } from '../../components/panel.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { EXCLUSIONS } from './messages.js';

export function OwnBrowser() {
  const messages = useMessages(EXCLUSIONS);
  const { client, site } = useApp();
  const [page, setPage] = useState('');
  const [link, setLink] = useState<string>();
  const change = useMutation(() => undefined);
  const create = (event: Event) => {
    event.preventDefault();
    const url = new URL(page);
    change.run(async () => {
      const { parameters } = await client.createExclusionLink(site.id);
      for (const [name, value] of new URLSearchParams(parameters)) url.searchParams.set(name, value);
      setLink(url.href);
    });
  };
  return (
    <Panel title={messages.own_title}>
      <p>{messages.own_hint}</p>
      <form class="picks" onSubmit={create}>
        <label>
          {messages.own_page}{' '}
          <input
            type="url"
            required
            pattern="https?://.+"
            value={page}
            onInput={({ currentTarget }) => setPage(currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary" disabled={change.isBusy}>
          {messages.own_create}
        </button>
      </form>
      <MutationError change={change} done="" />
      {link !== undefined && (
        <p>
          <a href={link} target="_blank" rel="noreferrer">
            {messages.own_open}
          </a>{' '}
          <span class="soft">{messages.own_expires}</span>
        </p>
      )}
    </Panel>
  );
}
