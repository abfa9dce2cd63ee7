/** The menu: all views in groups at the side, or, on a phone, four of them below and the rest behind a button. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { VIEW_GROUPS, type View } from '../views/define-view.js';
import { NAVIGATION } from './views.js';

export function Navigation({ view }: { view: View | undefined }) {
  const messages = useMessages(SHELL_MESSAGES);
  return (
    <nav class="views" aria-label={messages.views}>
      {VIEW_GROUPS.map((group) => {
        const views = NAVIGATION.filter((one) => one.group === group);
        return (
          views.length > 0 && (
            <div key={group} class="view-group">
              <p id={`group-${group}`}>{messages[`group_${group}`]}</p>
              <ul aria-labelledby={`group-${group}`}>
                {views.map((one) => (
                  <li key={one.id}>
                    <ViewLink to={one} view={view} />
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </nav>
  );
}

const QUICK = ['overview', 'now', 'sessions', 'funnels'];

export function QuickNavigation({ view, open }: { view: View | undefined; open(): void }) {
  const messages = useMessages(SHELL_MESSAGES);
  return (
    <nav class="quick-views" aria-label={messages.quick}>
      <ul>
        {NAVIGATION.filter(({ id }) => QUICK.includes(id)).map((one) => (
          <li key={one.id}>
            <ViewLink to={one} view={view} />
          </li>
        ))}
        <li>
          <button type="button" aria-haspopup="dialog" onClick={open}>
            <Icon path="M3 5h14M3 10h14M3 15h14" />
            {messages.menu}
          </button>
        </li>
      </ul>
    </nav>
  );
}

function ViewLink({ to, view }: { to: View; view: View | undefined }) {
  const { hrefTo, language } = useApp();
  return (
    <a
      href={hrefTo({ view: to.id, session: undefined })}
      title={to.title[language]}
      data-view={to.id}
      aria-current={to.id === view?.id || to.id === view?.under ? 'page' : undefined}
    >
      <Icon path={to.icon ?? 'M10 6v8M6 10h8'} />
      <span class="view-name">{to.title[language]}</span>
    </a>
  );
}

export const Icon = ({ path }: { path: string }) => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d={path} />
  </svg>
);
