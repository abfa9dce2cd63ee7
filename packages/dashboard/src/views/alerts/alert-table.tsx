/** Alerts as a table: how it stands, what they watch, what became of the last message. */
import type { Alert, AlertDelivery } from '@liveinsight/schema';
import { ConfirmButton } from '../../components/confirm-button.js';
import { DataTable } from '../../components/data-table.js';
import { MutationError } from '../../components/mutation-error.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { ALERT_STATUS_NAMES, alertNumber, alertStatus, describeRule } from '../../i18n/alert-messages.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { ALERTS } from './messages.js';

const MAX_ROWS = 50;

export function AlertTable({ alerts, after }: { alerts: readonly Alert[]; after(): void }) {
  const messages = useMessages(ALERTS);
  const shell = useMessages(SHELL_MESSAGES);
  const statuses = useMessages(ALERT_STATUS_NAMES);
  const { format, language, hrefTo, client, site } = useApp();
  const change = useMutation(after);
  const sayDelivery = useDeliveryMessages();
  const remove = ({ id }: Alert) => change.run(() => client.remove('alerts', site.id, id));
  return (
    <section class="panel" aria-label={messages.title}>
      <MutationError change={change} done="" />
      <DataTable
        name={messages.title}
        rows={alerts}
        rowKey={({ id }) => id}
        maxRows={MAX_ROWS}
        columns={[
          {
            id: 'name',
            label: messages.name,
            value: ({ name }) => name,
            show: ({ name }) => <bdi>{name}</bdi>,
          },
          {
            id: 'status',
            label: messages.status,
            value: (alert) => statuses[alertStatus(alert)],
            show: (alert) => (
              <span class="alert-status" data-status={alertStatus(alert)}>
                {statuses[alertStatus(alert)]}
              </span>
            ),
          },
          {
            id: 'value',
            label: messages.value,
            value: ({ metric, state }) =>
              state?.value == null ? '' : alertNumber(metric, state.value, format),
            show: ({ metric, state }) =>
              state?.value == null ? '–' : <b>{alertNumber(metric, state.value, format)}</b>,
          },
          {
            id: 'rule',
            label: messages.rule,
            value: (alert) => describeRule(alert, language, format),
            show: (alert) => <bdi class="rule">{describeRule(alert, language, format)}</bdi>,
          },
          {
            id: 'since',
            label: messages.since,
            value: ({ state }) => state?.since,
            show: ({ state }) => (state ? format.moment(state.since) : '–'),
          },
          {
            id: 'webhook',
            label: messages.webhook_state,
            value: ({ webhook, state }) => sayDelivery(webhook, state?.delivery),
            show: ({ webhook, state }) => (
              <span class={state?.delivery?.status === 'given_up' ? 'alarm rule' : 'rule'}>
                {sayDelivery(webhook, state?.delivery)}
              </span>
            ),
          },
          {
            id: 'edit',
            label: messages.edit,
            value: () => '',
            show: (alert) => (
              <span class="row-tools">
                <a href={hrefTo({ own: { edit: alert.id } })} aria-label={messages.edit_what(alert.name)}>
                  {messages.edit}
                </a>
                <ConfirmButton label={`${shell.remove}: ${alert.name}`} confirm={() => remove(alert)} />
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

function useDeliveryMessages() {
  const messages = useMessages(ALERTS);
  const { format } = useApp();
  return (webhook: string | undefined, delivery: AlertDelivery | undefined): string => {
    if (webhook === undefined) return messages.no_webhook;
    if (!delivery) return new URL(webhook).host;
    const { status, error = '', at, next_attempt_at } = delivery;
    const message = messages[delivery.message];
    if (status === 'delivered') return messages.delivered(message, format.moment(at));
    if (status === 'given_up') return messages.given_up(message, error);
    return error === ''
      ? messages.to_be_sent(message)
      : messages.waiting(message, error, format.minute(next_attempt_at ?? at));
  };
}
