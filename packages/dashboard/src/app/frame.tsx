/** What is around every view: name, site, navigation, settings; and the view itself, loaded when it is opened. */
import { useEffect, useRef } from 'preact/hooks';
import { readKey } from '../api/key.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { AlertPlace } from './alert-place.js';
import { Brand } from './brand.js';
import { useApp } from './context.js';
import type { Preferences } from './preferences.js';
import { SettingsMenu } from './settings-menu.js';
import { Shortcuts } from './shortcuts.js';
import { ViewPlace } from './view-place.js';
import { VIEWS, viewOf } from './views.js';

interface FrameProps {
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
  forgetKey(): void;
}

export function Frame({ preferences, prefer, forgetKey }: FrameProps) {
  const words = useWords(SHELL_WORDS);
  const { address, go, hrefTo, site, sites, language } = useApp();
  const content = useRef<HTMLElement>(null);
  const nav = useRef<HTMLElement>(null);
  const view = viewOf(address.view);
  const title = view?.title[language] ?? words.no_such_view;

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
        {words.skip}
      </button>
      <header class="top">
        <a
          class="home"
          href={hrefTo({ view: 'now', filters: [] })}
          aria-label={`LiveInsight: ${words.to_now}`}
        >
          <Brand />
        </a>
        <div class="site">
          {sites.length > 1 ? (
            <select
              aria-label={words.site}
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
        <nav ref={nav} class="views" aria-label={words.views}>
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
          {...(readKey() === undefined ? {} : { forgetKey })}
        />
      </header>
      <main id="content" ref={content} tabIndex={-1}>
        {/* Another site starts anew: nothing of the one before stays on the page. */}
        <ViewPlace key={`${address.view} ${site.id}`} view={view} />
      </main>
      <AlertPlace />
      <Shortcuts preferences={preferences} prefer={prefer} />
    </div>
  );
}
