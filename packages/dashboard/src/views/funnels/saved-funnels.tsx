/** Funnels kept for everybody who reads the site. */
import type { Funnel } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { useChange } from '../../api/use-change.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { ChangeProblem } from '../../parts/change-problem.js';
import { Panel } from '../../parts/panel.js';
import { Answered } from '../../parts/states.js';
import { SHELL_WORDS } from '../../words/shell-words.js';
import { useWords } from '../../words/use-words.js';
import { formatSteps, inputOf, isWhole, type Step, stepsOfKept } from './steps.js';
import { FUNNELS } from './words.js';

export function SavedFunnels({ steps }: { steps: readonly Step[] }) {
  const words = useWords(FUNNELS);
  const { address, site, go, hrefTo, client } = useApp();
  const shell = useWords(SHELL_WORDS);
  const answer = useRead('/funnels', { site: site.id });
  const change = useChange(answer.again);
  const open = answer.data?.funnels.find(({ id }) => id === address.own.funnel);
  const remove = ({ id }: Funnel) =>
    change.run(async () => {
      await client.remove('funnels', site.id, id);
      if (id === open?.id) go({ own: { funnel: null } }, 'replace');
    });
  return (
    <Panel title={words.saved}>
      <Answered answer={answer} lines={3}>
        {({ funnels }) =>
          funnels.length === 0 ? (
            <p class="soft">{words.none_saved}</p>
          ) : (
            <ul class="saved" aria-label={words.saved}>
              {funnels.map((funnel) => (
                <li key={funnel.id}>
                  <a
                    class="cut"
                    href={hrefTo({ own: ownOf(funnel) })}
                    aria-current={funnel.id === open?.id ? 'true' : undefined}
                  >
                    <bdi>{funnel.name}</bdi>
                  </a>
                  <button
                    type="button"
                    class="quiet"
                    aria-label={`${shell.remove}: ${funnel.name}`}
                    onClick={() => remove(funnel)}
                  >
                    ×
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      {isWhole(steps) && (
        <SaveForm
          key={open?.id ?? ''}
          open={open}
          isBusy={change.isBusy}
          save={(name, kept) =>
            change.run(async () => {
              const input = { ...inputOf(name, steps), ...(kept ? { version: kept.version } : {}) };
              const { id } = await client.put('funnels', site.id, input, kept?.id);
              go({ own: { funnel: id } }, 'replace');
            })
          }
        />
      )}
      <ChangeProblem change={change} done={words.saved_now} />
    </Panel>
  );
}

const ownOf = (funnel: Funnel) => {
  const { steps, step_within } = formatSteps(stepsOfKept(funnel));
  return { steps, step_within: step_within || null, within: null, funnel: funnel.id };
};

interface SaveFormProps {
  open: Funnel | undefined;
  isBusy: boolean;
  /** @param kept replaces this one; undefined: as a new one */
  save(name: string, kept: Funnel | undefined): void;
}

function SaveForm({ open, isBusy, save }: SaveFormProps) {
  const words = useWords(FUNNELS);
  const [name, setName] = useState(open?.name ?? '');
  const submit = (event: Event) => {
    event.preventDefault();
    if (name.trim() !== '') save(name.trim(), open);
  };
  return (
    <form class="save-form" onSubmit={submit}>
      <input
        aria-label={words.name}
        placeholder={words.name}
        maxLength={100}
        required
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <button type="submit" class="primary" disabled={isBusy}>
        {words.save}
      </button>
      {open && (
        <button
          type="button"
          disabled={isBusy}
          onClick={() => name.trim() !== '' && save(name.trim(), undefined)}
        >
          {words.save_new}
        </button>
      )}
    </form>
  );
}
