/** Funnels kept for everybody who reads the site. */
import type { Funnel } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { ConfirmButton } from '../../components/confirm-button.js';
import { MutationError } from '../../components/mutation-error.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { useQuery } from '../../hooks/use-query.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { FUNNELS } from './messages.js';
import { formatSteps, fromStoredSteps, isComplete, type Step, toFunnelInput } from './steps.js';

export function SavedFunnels({ steps }: { steps: readonly Step[] }) {
  const messages = useMessages(FUNNELS);
  const { urlState, site, go, hrefTo, client } = useApp();
  const shell = useMessages(SHELL_MESSAGES);
  const result = useQuery('/funnels', { site: site.id });
  const change = useMutation(result.again);
  const open = result.data?.funnels.find(({ id }) => id === urlState.own.funnel);
  const remove = ({ id }: Funnel) =>
    change.run(async () => {
      await client.remove('funnels', site.id, id);
      if (id === open?.id) go({ own: { funnel: null } }, 'replace');
    });
  return (
    <Panel title={messages.saved}>
      <QueryState result={result} lines={3}>
        {({ funnels }) =>
          funnels.length === 0 ? (
            <p class="soft">{messages.none_saved}</p>
          ) : (
            <ul class="saved" aria-label={messages.saved}>
              {funnels.map((funnel) => (
                <li key={funnel.id}>
                  <a
                    class="cut"
                    href={hrefTo({ own: ownOf(funnel) })}
                    aria-current={funnel.id === open?.id ? 'true' : undefined}
                  >
                    <bdi>{funnel.name}</bdi>
                  </a>
                  <ConfirmButton label={`${shell.remove}: ${funnel.name}`} confirm={() => remove(funnel)} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
      {isComplete(steps) && (
        <SaveForm
          key={open?.id ?? ''}
          open={open}
          isBusy={change.isBusy}
          save={(name, kept) =>
            change.run(async () => {
              const input = { ...toFunnelInput(name, steps), ...(kept ? { version: kept.version } : {}) };
              const { id } = await client.put('funnels', site.id, input, kept?.id);
              go({ own: { funnel: id } }, 'replace');
            })
          }
        />
      )}
      <MutationError change={change} done={messages.saved_now} />
    </Panel>
  );
}

const ownOf = (funnel: Funnel) => {
  const { steps, step_within } = formatSteps(fromStoredSteps(funnel));
  return { steps, step_within: step_within || null, within: null, funnel: funnel.id };
};

interface SaveFormProps {
  open: Funnel | undefined;
  isBusy: boolean;
  /** @param kept replaces this one; undefined: as a new one */
  save(name: string, kept: Funnel | undefined): void;
}

function SaveForm({ open, isBusy, save }: SaveFormProps) {
  const messages = useMessages(FUNNELS);
  const [name, setName] = useState(open?.name ?? '');
  const submit = (event: Event) => {
    event.preventDefault();
    if (name.trim() !== '') save(name.trim(), open);
  };
  return (
    <form class="save-form" onSubmit={submit}>
      <input
        aria-label={messages.name}
        placeholder={messages.name}
        maxLength={100}
        required
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <button type="submit" class="primary" disabled={isBusy}>
        {messages.save}
      </button>
      {open && (
        <button
          type="button"
          disabled={isBusy}
          onClick={() => name.trim() !== '' && save(name.trim(), undefined)}
        >
          {messages.save_new}
        </button>
      )}
    </form>
  );
}
