/** Alerts as a table: how it stands, what they watch, what became of the last message. */
import type { Alert, AlertDelivery } from '@liveinsight/schema';
import { useChange } from '../../api/use-change.js';
import { useApp } from '../../app/context.js';
import { ChangeProblem } from '../../parts/change-problem.js';
import { DataTable } from '../../parts/data-table.js';
import { ALERT_STATUS_NAMES, alertNumber, sayRule, statusOf } from '../../words/alert-words.js';
import { SHELL_WORDS } from '../../words/shell-words.js';
import { useWords } from '../../words/use-words.js';
import { ALERTS } from './words.js';

const MAX_ROWS = 50;

export function AlertTable({ alerts, after }: { alerts: readonly Alert[]; after(): void }) {
  const words = useWords(ALERTS);
  const shell = useWords(SHELL_WORDS);
  const statuses = useWords(ALERT_STATUS_NAMES);
  const { format, language, hrefTo, client, site } = useApp();
  const change = useChange(after);
  const sayDelivery = useDeliveryWords();
  const remove = ({ id, name }: Alert) => {
    if (confirm(words.remove_really(name))) change.run(() => client.remove('alerts', site.id, id));
  };
  return (
    <section class="panel" aria-label={words.title}>
      <ChangeProblem change={change} done="" />
      <DataTable
        name={words.title}
        rows={alerts}
        keyOf={({ id }) => id}
        most={MAX_ROWS}
        columns={[
          {
            id: 'name',
            label: words.name,
            value: ({ name }) => name,
            show: ({ name }) => <bdi>{name}</bdi>,
          },
          {
            id: 'status',
            label: words.status,
            value: (alert) => statuses[statusOf(alert)],
            show: (alert) => (
              <span class="alert-status" data-status={statusOf(alert)}>
                {statuses[statusOf(alert)]}
              </span>
            ),
          },
          {
            id: 'value',
            label: words.value,
            value: ({ metric, state }) =>
              state?.value == null ? '' : alertNumber(metric, state.value, format),
            show: ({ metric, state }) =>
              state?.value == null ? '–' : <b>{alertNumber(metric, state.value, format)}</b>,
          },
          {
            id: 'rule',
            label: words.rule,
            value: (alert) => sayRule(alert, language, format),
            show: (alert) => <bdi class="rule">{sayRule(alert, language, format)}</bdi>,
          },
          {
            id: 'since',
            label: words.since,
            value: ({ state }) => state?.since,
            show: ({ state }) => (state ? format.moment(state.since) : '–'),
          },
          {
            id: 'webhook',
            label: words.webhook_state,
            value: ({ webhook, state }) => sayDelivery(webhook, state?.delivery),
            show: ({ webhook, state }) => (
              <span class={state?.delivery?.status === 'given_up' ? 'alarm rule' : 'rule'}>
                {sayDelivery(webhook, state?.delivery)}
              </span>
            ),
          },
          {
            id: 'edit',
            label: words.edit,
            value: () => '',
            show: (alert) => (
              <span class="row-tools">
                <a href={hrefTo({ own: { edit: alert.id } })} aria-label={words.edit_what(alert.name)}>
                  {words.edit}
                </a>
                <button
                  type="button"
                  class="quiet"
                  aria-label={`${shell.remove}: ${alert.name}`}
                  onClick={() => remove(alert)}
                >
                  ×
                </button>
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

function useDeliveryWords() {
  const words = useWords(ALERTS);
  const { format } = useApp();
  return (webhook: string | undefined, delivery: AlertDelivery | undefined): string => {
    if (webhook === undefined) return words.no_webhook;
    if (!delivery) return new URL(webhook).host;
    const { status, error = '', at, next_attempt_at } = delivery;
    const message = words[delivery.message];
    if (status === 'delivered') return words.delivered(message, format.moment(at));
    if (status === 'given_up') return words.given_up(message, error);
    return error === ''
      ? words.to_be_sent(message)
      : words.waiting(message, error, format.minute(next_attempt_at ?? at));
  };
}
