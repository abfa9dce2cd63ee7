/** The form that creates or edits an alert. */
import type { Alert, AlertDimension, AlertMetric } from '@liveinsight/schema';
import { useEffect, useRef, useState } from 'preact/hooks';
import { MutationError } from '../../components/mutation-error.js';
import { Panel } from '../../components/panel.js';
import { ValueField } from '../../components/value-field.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { ALERT_METRIC_NAMES, isRate } from '../../i18n/alert-messages.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { ALERTS } from './messages.js';
import { NumberField } from './number-field.js';
import { chosenDimension, dimensionsFor, type RuleDraft, toDraft, toRule } from './rule-draft.js';

interface AlertFormProps {
  /** Undefined: a new one. */
  alert: Alert | undefined;
  after(): void;
}

export function AlertForm({ alert, after }: AlertFormProps) {
  const messages = useMessages(ALERTS);
  const shell = useMessages(SHELL_MESSAGES);
  const metrics = useMessages(ALERT_METRIC_NAMES);
  const { client, site, go } = useApp();
  const [draft, setDraft] = useState(() => toDraft(alert));
  const change = useMutation(after);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const set = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const close = () => go({ own: { edit: null } });
  const save = (event: Event) => {
    event.preventDefault();
    change.run(async () => {
      const version = alert ? { version: alert.version } : {};
      await client.put('alerts', site.id, { ...toRule(draft), ...version }, alert?.id);
      close();
    });
  };
  const rate = isRate(draft.metric);
  return (
    <Panel title={alert?.name ?? messages.add}>
      <form class="fields alert-form" onSubmit={save}>
        <label class="wide">
          {messages.name}
          <input
            ref={first}
            required
            maxLength={100}
            placeholder={messages.name_hint}
            value={draft.name}
            onInput={({ currentTarget }) => set({ name: currentTarget.value })}
          />
        </label>
        <label>
          {messages.metric}
          <select
            value={draft.metric}
            onChange={({ currentTarget }) => set({ metric: currentTarget.value as AlertMetric })}
          >
            {Object.entries(metrics).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {dimensionsFor(draft.metric).length > 0 && <DimensionFields draft={draft} set={set} />}
        <label>
          {messages.comparison}
          <select
            value={draft.comparison}
            onChange={({ currentTarget }) =>
              set({ comparison: currentTarget.value === 'below' ? 'below' : 'above' })
            }
          >
            <option value="above">{messages.above}</option>
            <option value="below">{messages.below}</option>
          </select>
        </label>
        <NumberField
          label={rate ? messages.threshold_percent : messages.threshold}
          value={draft.threshold}
          step="any"
          max={rate ? 100 : 1_000_000_000}
          set={(threshold) => set({ threshold })}
        />
        <NumberField
          label={messages.window}
          value={draft.window_minutes}
          min={1}
          max={1_440}
          set={(window_minutes) => set({ window_minutes })}
        />
        <NumberField
          label={messages.for}
          value={draft.for_minutes}
          max={10_080}
          set={(for_minutes) => set({ for_minutes })}
        />
        <NumberField
          label={messages.cooldown}
          value={draft.cooldown_minutes}
          max={10_080}
          set={(cooldown_minutes) => set({ cooldown_minutes })}
        />
        <label class="wide">
          {messages.webhook}
          <input
            type="url"
            maxLength={2_048}
            autocomplete="off"
            title={messages.webhook_hint}
            value={draft.webhook}
            onInput={({ currentTarget }) => set({ webhook: currentTarget.value })}
          />
        </label>
        {alert?.signing_secret && (
          <label class="wide">
            {messages.secret}
            <input
              readOnly
              class="secret"
              value={alert.signing_secret}
              onFocus={(e) => e.currentTarget.select()}
            />
          </label>
        )}
        <div class="form-end wide">
          <button type="submit" class="primary" disabled={change.isBusy}>
            {shell.save}
          </button>
          <button type="button" onClick={close}>
            {shell.cancel}
          </button>
          <label class="toggle">
            <input
              type="checkbox"
              checked={draft.enabled}
              onChange={({ currentTarget }) => set({ enabled: currentTarget.checked })}
            />
            {messages.enabled}
          </label>
        </div>
      </form>
      <MutationError change={change} done={messages.saved} />
    </Panel>
  );
}

interface DimensionFieldsProps {
  draft: RuleDraft;
  set(part: Partial<RuleDraft>): void;
}

function DimensionFields({ draft, set }: DimensionFieldsProps) {
  const { metric, value } = draft;
  const dimension = chosenDimension(draft);
  const messages = useMessages(ALERTS);
  const names = useMessages(BREAKDOWN_NAMES);
  const { site } = useApp();
  return (
    <>
      <label>
        {messages.dimension}
        <select
          value={dimension}
          onChange={({ currentTarget }) => set({ dimension: currentTarget.value as AlertDimension | '' })}
        >
          <option value="">{messages.whole}</option>
          {dimensionsFor(metric).map((one) => (
            <option key={one} value={one}>
              {names[one]}
            </option>
          ))}
        </select>
      </label>
      {dimension !== '' && (
        <ValueField
          key={dimension}
          label={messages.dimension_value}
          by={dimension}
          value={value}
          set={(value) => set({ value })}
          query={{ site: site.id, from: '7d' }}
        />
      )}
    </>
  );
}
