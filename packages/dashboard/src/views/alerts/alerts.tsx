/** Alerts: the state of each, and its notifications. */
import './alerts.css';
import { Empty, QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { AlertForm } from './alert-form.js';
import { AlertTable } from './alert-table.js';
import { ALERTS } from './messages.js';
import { NotificationsToggle } from './notifications-toggle.js';

const POLL_MS = 5_000;
/** In the URL: a rule that is not yet. */
const NEW = 'new';

export function Alerts() {
  const messages = useMessages(ALERTS);
  const { urlState, site, hrefTo } = useApp();
  const result = useQuery('/alerts', { site: site.id }, { everyMs: POLL_MS });
  const { edit } = urlState.own;
  return (
    <div class="alerts">
      <ViewHeader title={messages.title}>
        <NotificationsToggle />
        <a class="button primary" href={hrefTo({ own: { edit: NEW } })}>
          {messages.add}
        </a>
      </ViewHeader>
      <QueryState result={result} lines={6}>
        {({ alerts }) => {
          const edited = alerts.find(({ id }) => id === edit);
          return (
            <>
              {(edited || edit === NEW) && <AlertForm key={edit} alert={edited} after={result.again} />}
              {alerts.length > 0 ? (
                <AlertTable alerts={alerts} after={result.again} />
              ) : (
                edit !== NEW && (
                  <section class="panel">
                    <Empty title={messages.none}>
                      <p>{messages.none_hint}</p>
                    </Empty>
                  </section>
                )
              )}
            </>
          );
        }}
      </QueryState>
    </div>
  );
}
