/** Where nothing came in within the range: what to look at next. */
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { OVERVIEW } from './messages.js';

export function EmptyOverview() {
  const messages = useMessages(OVERVIEW);
  const shell = useMessages(SHELL_MESSAGES);
  const { hrefTo } = useApp();
  return (
    <section class="panel empty-overview">
      <p class="state-title">{shell.nothing}</p>
      <p class="soft">{messages.nothing_hint}</p>
      <p class="empty-ways">
        <a class="button primary" href={hrefTo({ view: 'now' })}>
          {messages.check_tracking}
        </a>
        <a class="button" href={hrefTo({ range: '12mo' })}>
          {shell.range_12mo}
        </a>
      </p>
    </section>
  );
}
