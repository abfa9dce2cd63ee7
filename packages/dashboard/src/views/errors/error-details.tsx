/** One error: since when, in which releases, on which pages, and its stack as the browser wrote it. */
import type { ErrorGroup } from '@liveinsight/schema';
import { Panel } from '../../components/panel.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { withValue } from '../../url-state/url-state.js';
import { ERRORS } from './messages.js';

export function ErrorDetails({ error }: { error: ErrorGroup }) {
  const messages = useMessages(ERRORS);
  const { urlState, format, hrefTo } = useApp();
  const { message, place, first_seen, last_seen, events, sessions, visitors, releases, pages, stack } = error;
  const facts = [
    [messages.first_seen, format.moment(first_seen)],
    [messages.last_seen, format.moment(last_seen)],
    [messages.events, format.number(events)],
    [messages.sessions, format.number(sessions)],
    [messages.visitors, format.number(visitors)],
  ] as const;
  return (
    <Panel title={message} class="error-details">
      <p class="soft">
        <bdi>{place ?? messages.unknown_place}</bdi>
      </p>
      <p>
        <a href={hrefTo({ view: 'sessions', filters: withValue(urlState.filters, 'prop:message', message) })}>
          {messages.see_sessions}
        </a>
      </p>
      <dl class="error-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {releases.length > 0 && (
        <table class="error-table">
          <caption>{messages.releases}</caption>
          <thead>
            <tr>
              <th scope="col">{messages.release}</th>
              <th scope="col">{messages.first_seen}</th>
              <th scope="col">{messages.events}</th>
            </tr>
          </thead>
          <tbody>
            {releases.map((release) => (
              <tr key={release.release}>
                <th scope="row">
                  <bdi>{release.release}</bdi>
                </th>
                <td>{format.moment(release.first_seen)}</td>
                <td>{format.number(release.events)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <table class="error-table">
        <caption>{messages.pages}</caption>
        <thead>
          <tr>
            <th scope="col">{messages.page}</th>
            <th scope="col">{messages.events}</th>
          </tr>
        </thead>
        <tbody>
          {pages.map((page) => (
            <tr key={page.page}>
              <th scope="row">
                <bdi>{readablePath(page.page)}</bdi>
              </th>
              <td>{format.number(page.events)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{messages.stack}</h3>
      {stack === null ? (
        <p class="soft">{messages.no_stack}</p>
      ) : (
        <textarea class="stack" readOnly rows={rowsOf(stack)} aria-label={messages.stack} value={stack} />
      )}
    </Panel>
  );
}

const MAX_ROWS = 16;
/** As high as it has lines, and one for the bar that scrolls sideways. */
const rowsOf = (stack: string): number => Math.min(MAX_ROWS, stack.split('\n').length + 1);
