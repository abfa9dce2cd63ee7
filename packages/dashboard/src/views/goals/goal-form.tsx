/** The form that makes or edits a goal. */
import type { Goal } from '@liveinsight/schema';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { MutationError } from '../../components/mutation-error.js';
import { Panel } from '../../components/panel.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { isAutomatic } from '../report-parts/automatic-events.js';
import { GoalConditions } from './goal-conditions.js';
import {
  draftOf,
  GOAL_KINDS,
  type GoalDraft,
  type GoalKind,
  hasProperties,
  toDraft,
  toGoal,
} from './goal-draft.js';
import { GoalWorth } from './goal-worth.js';
import { GOALS } from './messages.js';

interface GoalFormProps {
  /** Undefined: a new one. */
  goal: Goal | undefined;
  /** What a new one begins with, as `event:signup`. */
  step: string;
  close(): void;
  saved(id: string): void;
}

export function GoalForm({ goal, step, close, saved }: GoalFormProps) {
  const messages = useMessages(GOALS);
  const shell = useMessages(SHELL_MESSAGES);
  const { client, site } = useApp();
  const currency = site.currency ?? 'EUR';
  const [draft, setDraft] = useState(() => (goal ? toDraft(goal, currency) : draftOf(step, currency)));
  const change = useMutation(() => undefined);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const set = (part: Partial<GoalDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = (event: Event) => {
    event.preventDefault();
    change.run(async () => {
      const version = goal ? { version: goal.version } : {};
      const { id } = await client.put('goals', site.id, { ...toGoal(draft), ...version }, goal?.id);
      saved(id);
    });
  };
  return (
    <Panel title={goal?.name ?? messages.add}>
      <form class="fields goal-form" onSubmit={save}>
        <label>
          {messages.name}
          <input
            ref={first}
            required
            maxLength={100}
            value={draft.name}
            onInput={({ currentTarget }) => set({ name: currentTarget.value })}
          />
        </label>
        <label>
          {messages.kind}
          <select
            value={draft.kind}
            onChange={({ currentTarget }) => set({ kind: currentTarget.value as GoalKind })}
          >
            {GOAL_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {messages[`kind_${kind}`]}
              </option>
            ))}
          </select>
        </label>
        <WhatFields draft={draft} set={set} />
        {hasProperties(draft.kind) && (
          <GoalConditions conditions={draft.conditions} set={(conditions) => set({ conditions })} />
        )}
        <GoalWorth draft={draft} set={set} />
        <div class="form-end wide">
          <button type="submit" class="primary" disabled={change.isBusy}>
            {shell.save}
          </button>
          <button type="button" onClick={close}>
            {shell.cancel}
          </button>
        </div>
        <MutationError change={change} done={messages.saved} />
      </form>
    </Panel>
  );
}

/** The page, event or depth that it takes, with what was seen as suggestions. */
function WhatFields({ draft, set }: { draft: GoalDraft; set(part: Partial<GoalDraft>): void }) {
  const messages = useMessages(GOALS);
  const id = useId();
  const { data } = useQuery('/stats', {
    ...useUrlQuery(),
    breakdown: 'page,event_name,conversion_type',
    limit: '200',
  });
  const { page = [], event_name = [], conversion_type = [] } = data?.breakdowns ?? {};
  const { kind } = draft;
  const names =
    kind === 'conversion' ? conversion_type : event_name.filter(({ value }) => !isAutomatic(value));
  const isOnPage = kind === 'page';
  return (
    <>
      {(kind === 'event' || kind === 'conversion') && (
        <label>
          {messages[kind]}
          <input
            required
            list={`${id}-names`}
            autocomplete="off"
            value={draft.what}
            onInput={({ currentTarget }) => set({ what: currentTarget.value })}
          />
        </label>
      )}
      {kind === 'scroll' && (
        <label>
          {messages.scroll}
          <input
            type="number"
            required
            min={1}
            max={100}
            value={draft.scroll}
            onInput={({ currentTarget }) => set({ scroll: currentTarget.value })}
          />
        </label>
      )}
      <label>
        {isOnPage ? messages.page : messages.page_optional}
        <input
          required={isOnPage}
          list={`${id}-pages`}
          autocomplete="off"
          placeholder={messages.page_hint}
          title={messages.pattern}
          value={draft.page}
          onInput={({ currentTarget }) => set({ page: currentTarget.value })}
        />
      </label>
      <datalist id={`${id}-names`}>
        {names.map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <datalist id={`${id}-pages`}>
        {page.map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </>
  );
}
