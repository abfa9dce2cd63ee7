/** Makes an alert, or changes one. */
import type { Alert, AlertDimension, AlertMetric } from '@liveinsight/schema';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useChange } from '../../api/use-change.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { ChangeProblem } from '../../parts/change-problem.js';
import { Panel } from '../../parts/panel.js';
import { ALERT_METRIC_NAMES, isRate } from '../../words/alert-words.js';
import { BREAKDOWN_NAMES } from '../../words/breakdown-names.js';
import { SHELL_WORDS } from '../../words/shell-words.js';
import { useWords } from '../../words/use-words.js';
import { NumberField } from './number-field.js';
import { dimensionOf, dimensionsOf, draftOf, type RuleDraft, ruleOf } from './rule-draft.js';
import { ALERTS } from './words.js';

interface AlertFormProps {
  /** Undefined: a new one. */
  alert: Alert | undefined;
  after(): void;
}

export function AlertForm({ alert, after }: AlertFormProps) {
  const words = useWords(ALERTS);
  const shell = useWords(SHELL_WORDS);
  const metrics = useWords(ALERT_METRIC_NAMES);
  const { client, site, go } = useApp();
  const [draft, setDraft] = useState(() => draftOf(alert));
  const change = useChange(after);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const set = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const close = () => go({ own: { edit: null } });
  const save = (event: Event) => {
    event.preventDefault();
    change.run(async () => {
      const version = alert ? { version: alert.version } : {};
      await client.put('alerts', site.id, { ...ruleOf(draft), ...version }, alert?.id);
      close();
    });
  };
  const rate = isRate(draft.metric);
  return (
    <Panel title={alert?.name ?? words.add}>
      <form class="fields alert-form" onSubmit={save}>
        <label class="wide">
          {words.name}
          <input
            ref={first}
            required
            maxLength={100}
            placeholder={words.name_hint}
            value={draft.name}
            onInput={({ currentTarget }) => set({ name: currentTarget.value })}
          />
        </label>
        <label>
          {words.metric}
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
        {dimensionsOf(draft.metric).length > 0 && <DimensionFields draft={draft} set={set} />}
        <label>
          {words.comparison}
          <select
            value={draft.comparison}
            onChange={({ currentTarget }) =>
              set({ comparison: currentTarget.value === 'below' ? 'below' : 'above' })
            }
          >
            <option value="above">{words.above}</option>
            <option value="below">{words.below}</option>
          </select>
        </label>
        <NumberField
          label={rate ? words.threshold_percent : words.threshold}
          value={draft.threshold}
          step="any"
          max={rate ? 100 : 1_000_000_000}
          set={(threshold) => set({ threshold })}
        />
        <NumberField
          label={words.window}
          value={draft.window_minutes}
          min={1}
          max={1_440}
          set={(window_minutes) => set({ window_minutes })}
        />
        <NumberField
          label={words.for}
          value={draft.for_minutes}
          max={10_080}
          set={(for_minutes) => set({ for_minutes })}
        />
        <NumberField
          label={words.cooldown}
          value={draft.cooldown_minutes}
          max={10_080}
          set={(cooldown_minutes) => set({ cooldown_minutes })}
        />
        <label class="wide">
          {words.webhook}
          <input
            type="url"
            maxLength={2_048}
            autocomplete="off"
            title={words.webhook_hint}
            value={draft.webhook}
            onInput={({ currentTarget }) => set({ webhook: currentTarget.value })}
          />
        </label>
        {alert?.signing_secret && (
          <label class="wide">
            {words.secret}
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
            {words.enabled}
          </label>
        </div>
      </form>
      <ChangeProblem change={change} done={words.saved} />
    </Panel>
  );
}

interface DimensionFieldsProps {
  draft: RuleDraft;
  set(part: Partial<RuleDraft>): void;
}

function DimensionFields({ draft, set }: DimensionFieldsProps) {
  const { metric, value } = draft;
  const dimension = dimensionOf(draft);
  const words = useWords(ALERTS);
  const names = useWords(BREAKDOWN_NAMES);
  const { site } = useApp();
  const { data } = useRead(
    '/stats',
    dimension === '' ? undefined : { site: site.id, from: '7d', breakdown: dimension, limit: '200' },
  );
  return (
    <>
      <label>
        {words.dimension}
        <select
          value={dimension}
          onChange={({ currentTarget }) => set({ dimension: currentTarget.value as AlertDimension | '' })}
        >
          <option value="">{words.whole}</option>
          {dimensionsOf(metric).map((one) => (
            <option key={one} value={one}>
              {names[one]}
            </option>
          ))}
        </select>
      </label>
      {dimension !== '' && (
        <label>
          {words.dimension_value}
          <input
            required
            list="alert-values"
            autocomplete="off"
            value={value}
            onInput={({ currentTarget }) => set({ value: currentTarget.value })}
          />
          <datalist id="alert-values">
            {data?.breakdowns[dimension]?.map((row) => (
              <option key={row.value} value={row.value} />
            ))}
          </datalist>
        </label>
      )}
    </>
  );
}
