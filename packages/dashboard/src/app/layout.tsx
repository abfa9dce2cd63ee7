/** What is around every view: name, site, navigation, settings; and the view itself, loaded when it is opened. */
import { useEffect, useRef } from 'preact/hooks';
import { readKey } from '../api/key.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { AlertOutlet } from './alert-outlet.js';
import { Logo } from './logo.js';
import type { Preferences } from './preferences.js';
import { SettingsMenu } from './settings-menu.js';
import { Shortcuts } from './shortcuts.js';
import { ViewOutlet } from './view-outlet.js';
import { findView, VIEWS } from './views.js';

interface LayoutProps {
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
  signOut(): void;
}

export function Layout({ preferences, prefer, signOut }: LayoutProps) {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, go, hrefTo, site, sites, language } = useApp();
  const content = useRef<HTMLElement>(null);
  const nav = useRef<HTMLElement>(null);
  const view = findView(urlState.view);
  const title = view?.title[language] ?? messages.no_such_view;

  useEffect(() => {
    document.title = `${title} · ${site.id} · LiveInsight`;
  }, [title, site.id]);

  // On a narrow screen the place one is at may be beyond its edge.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [view]);

  return (
    <div class="frame">
      <button type="button" class="skip" onClick={() => content.current?.focus()}>
        {messages.skip}
      </button>
      <header class="top">
        <a
          class="home"
          href={hrefTo({ view: 'now', filters: [] })}
          aria-label={`LiveInsight: ${messages.to_now}`}
        >
          <Logo />
        </a>
        <div class="site">
          {sites.length > 1 ? (
            <select
              aria-label={messages.site}
              value={site.id}
              onChange={({ currentTarget }) =>
                go({ site: currentTarget.value, filters: [], session: undefined })
              }
            >
              {!sites.some(({ id }) => id === site.id) && <option value={site.id}>{site.id}</option>}
              {sites.map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </select>
          ) : (
            <span id="site">{site.id}</span>
          )}
        </div>
        <nav ref={nav} class="views" aria-label={messages.views}>
          <ul>
            {VIEWS.filter(({ order }) => order !== undefined).map(({ id, title }) => (
              <li key={id}>
                <a
                  href={hrefTo({ view: id, session: undefined })}
                  aria-current={id === view?.id || id === view?.under ? 'page' : undefined}
                >
                  {title[language]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <SettingsMenu
          preferences={preferences}
          prefer={prefer}
          {...(readKey() === undefined ? {} : { signOut })}
        />
      </header>
      <main id="content" ref={content} tabIndex={-1}>
        {/* Another site starts with a new tree: no state of the previous site remains. */}
        <ViewOutlet key={`${urlState.view} ${site.id}`} view={view} />
      </main>
      <AlertOutlet />
      <Shortcuts preferences={preferences} prefer={prefer} />
    </div>
  );
}
