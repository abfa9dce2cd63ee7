/** Adds a rule. */
import type { ExcludedBy } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { MutationError } from '../../components/mutation-error.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { EXCLUSIONS } from './messages.js';

/** Of all that rules can go by. */
const EXAMPLES: Record<ExcludedBy, string> = {
  address: '203.0.113.0/24',
  country: 'KR',
  host: 'staging.shop.example',
  path: '/admin/*',
  user_agent: 'Lighthouse',
  visitor: '',
};

export function ExclusionForm({ after }: { after(): void }) {
  const messages = useMessages(EXCLUSIONS);
  const { client, site } = useApp();
  const [by, setBy] = useState<ExcludedBy>('address');
  const [value, setValue] = useState('');
  const [name, setName] = useState('');
  const change = useMutation(() => {
    setValue('');
    setName('');
    after();
  });
  const add = (event: Event) => {
    event.preventDefault();
    const input = { by, value: value.trim(), ...(name.trim() ? { name: name.trim() } : {}) };
    change.run(() => client.put('exclusions', site.id, input));
  };
  return (
    <form class="picks" onSubmit={add}>
      <label>
        {messages.by}{' '}
        <select value={by} onChange={({ currentTarget }) => setBy(currentTarget.value as ExcludedBy)}>
          {(Object.keys(EXAMPLES) as ExcludedBy[]).map((one) => (
            <option key={one} value={one}>
              {messages[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {messages.value}{' '}
        <input
          required
          placeholder={EXAMPLES[by]}
          value={value}
          onInput={({ currentTarget }) => setValue(currentTarget.value)}
        />
      </label>
      <label>
        {messages.name}{' '}
        <input
          placeholder={messages.name_hint}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary" disabled={change.isBusy}>
        {messages.add}
      </button>
      <MutationError change={change} done={messages.added} />
    </form>
  );
}
