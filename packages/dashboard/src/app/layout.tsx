/** What is around every view: name, site, navigation, settings, the bar of filters and dates; and the view itself, loaded when it is opened. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { readKey } from '../api/key.js';
import { useApp } from '../hooks/app-context.js';
import { OnlineContext } from '../hooks/online-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { AlertOutlet } from './alert-outlet.js';
import { Bar } from './bar.js';
import { Logo } from './logo.js';
import { Icon, Navigation, QuickNavigation } from './navigation.js';
import type { Preferences } from './preferences.js';
import { SettingsMenu } from './settings-menu.js';
import { Shortcuts } from './shortcuts.js';
import { SiteSelect } from './site-select.js';
import { useOnline } from './use-online.js';
import { ViewOutlet } from './view-outlet.js';
import { findView } from './views.js';

/** Shows by itself who is there. */
const LIVE_VIEW = 'now';

interface LayoutProps {
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
  isSettingsOpen: boolean;
  /** Whether the language that was chosen last could not be loaded. */
  isLanguageLost: boolean;
  signOut(): void;
}

export function Layout({ preferences, prefer, isSettingsOpen, isLanguageLost, signOut }: LayoutProps) {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, hrefTo, site, language } = useApp();
  const content = useRef<HTMLElement>(null);
  // On a phone: whether the whole menu is shown.
  const [isOpen, setOpen] = useState(false);
  const view = findView(urlState.view);
  const title = view?.title[language] ?? messages.no_such_view;
  const online = useOnline(urlState.view !== LIVE_VIEW);
  const { isCollapsed } = preferences;

  useEffect(() => {
    document.title = `${title} · ${site.id} · LiveInsight`;
  }, [title, site.id]);
  useEffect(() => setOpen(false), [urlState.view]);
  useEffect(() => {
    if (!isOpen) return;
    const close = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false);
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [isOpen]);

  const collapse = isCollapsed ? messages.expand : messages.collapse;
  return (
    <div class={`frame ${isCollapsed ? 'collapsed' : ''} ${isOpen ? 'menu-open' : ''}`}>
      <button type="button" class="skip" onClick={() => content.current?.focus()}>
        {messages.skip}
      </button>
      <header class="top">
        <a class="home" href={hrefTo({ view: 'overview', filters: [] })} aria-label="LiveInsight">
          <Logo />
        </a>
        <SiteSelect />
        <Navigation view={view} />
        <div class="top-end">
          <SettingsMenu
            preferences={preferences}
            prefer={prefer}
            isOpen={isSettingsOpen}
            isLanguageLost={isLanguageLost}
            {...(readKey() === undefined ? {} : { signOut })}
          />
          <button
            type="button"
            class="collapse"
            title={`${collapse} [`}
            aria-label={collapse}
            aria-expanded={!isCollapsed}
            onClick={() => prefer({ isCollapsed: !isCollapsed })}
          >
            <Icon path={isCollapsed ? 'M8 5l5 5-5 5' : 'M12 5l-5 5 5 5'} />
          </button>
        </div>
      </header>
      <div class="stage">
        <Bar view={view} />
        <OnlineContext.Provider value={online}>
          <main id="content" ref={content} tabIndex={-1}>
            {/* Another site starts with a new tree: no state of the previous site remains. */}
            <ViewOutlet key={`${urlState.view} ${site.id}`} view={view} />
          </main>
        </OnlineContext.Provider>
      </div>
      <QuickNavigation view={view} open={() => setOpen(!isOpen)} />
      <AlertOutlet />
      <Shortcuts preferences={preferences} prefer={prefer} />
    </div>
  );
}
