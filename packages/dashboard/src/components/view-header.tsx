/** The head of a view: its title, who is online, and what is chosen for the view alone. */
import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { OnlineContext } from '../hooks/online-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

interface ViewHeaderProps {
  title: ComponentChildren;
  /** Beside the title: as how fresh the numbers are. */
  note?: ComponentChildren;
  children?: ComponentChildren;
}

export const ViewHeader = ({ title, note, children }: ViewHeaderProps) => (
  <header class="view-head">
    <h1>{title}</h1>
    <Online />
    {note}
    {children && <div class="view-tools">{children}</div>}
  </header>
);

function Online() {
  const messages = useMessages(SHELL_MESSAGES);
  const { hrefTo, format } = useApp();
  const count = useContext(OnlineContext);
  if (count === undefined) return null;
  return (
    <a class="online" href={hrefTo({ view: 'now', session: undefined })} title={messages.online_hint}>
      {messages.online(format.number(count))}
    </a>
  );
}
