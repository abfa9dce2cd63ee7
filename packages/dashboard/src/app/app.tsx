/** The whole page: asks which sites there are, for a key where one is wanted, and shows the view of the URL. */
import type { SiteInfo } from '@liveinsight/schema';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Client } from '../api/client.js';
import { type ApiError, toApiError } from '../api/error.js';
import { readKey, saveKey, takeKeyFromUrl } from '../api/key.js';
import { lazy } from '../components/lazy.js';
import { createFormat } from '../format/format.js';
import { type AppContext, Context } from '../hooks/app-context.js';
import { useNavigation } from '../url-state/use-navigation.js';
import { Layout } from './layout.js';
import { applyPreferences, type Preferences, savePreferences } from './preferences.js';
import { shownSite } from './shown-site.js';
import type { SignInProps } from './sign-in.js';
import { StartFailure, StartPage } from './start-page.js';

export interface AppProps {
  client: Client;
  preferences: Preferences;
  /** Whether the settings are open at first: where the language was changed in them. */
  isSettingsOpen: boolean;
  /** Starts the page in another language in place of this one. Rejects where that cannot be loaded: this one stays then. */
  changeLanguage(preferences: Preferences): Promise<void>;
}

const SignIn = lazy<SignInProps>(async () => (await import('./sign-in.js')).SignIn, { Lost: StartFailure });

const RETRY_MS = 2_000;

export function App({ client, preferences: first, isSettingsOpen, changeLanguage }: AppProps) {
  const navigation = useNavigation();
  const [preferences, setPreferences] = useState(first);
  const [sites, setSites] = useState<readonly SiteInfo[]>();
  const [error, setError] = useState<ApiError>();
  const [turn, setTurn] = useState(0);
  const [isLanguageLost, setLanguageLost] = useState(false);
  const isKeyWanted = error?.kind === 'unauthorized';

  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    client.read('/sites', {}, ended.signal).then(
      ({ sites }) => {
        if (ended.signal.aborted) return;
        setSites(sites);
        setError(undefined);
      },
      (thrown) => {
        if (ended.signal.aborted) return;
        const error = toApiError(thrown);
        setError(error);
        // The page recovers by itself when the collector is back.
        if (error.kind !== 'unauthorized') timer = setTimeout(() => setTurn(turn + 1), RETRY_MS);
      },
    );
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [client, turn]);

  const { urlState } = navigation;
  const { language } = preferences;
  const shown = shownSite(sites ?? [], urlState);
  const timezone = shown?.timezone ?? 'UTC';
  const format = useMemo(() => createFormat(browserLocale(language), timezone), [language, timezone]);
  const onError = useCallback((error: ApiError) => {
    if (error.kind === 'unauthorized') setError(error);
  }, []);

  const prefer = (change: Partial<Preferences>) => {
    const next = { ...preferences, ...change };
    if (next.language === language) {
      setPreferences(next);
      applyPreferences(next);
      savePreferences(next);
    } else {
      setLanguageLost(false);
      changeLanguage(next).then(
        () => savePreferences(next),
        () => setLanguageLost(true),
      );
    }
  };
  const startAgain = useCallback(() => {
    setSites(undefined);
    setError(undefined);
    setTurn((before) => before + 1);
  }, []);
  const useKey = (key: string | undefined) => {
    saveKey(key);
    startAgain();
  };

  useEffect(() => {
    // An address with a key, put into the bar of a tab that shows the dashboard already, does not load the page again.
    const takeKey = () => {
      if (takeKeyFromUrl()) startAgain();
    };
    addEventListener('hashchange', takeKey);
    return () => removeEventListener('hashchange', takeKey);
  }, [startAgain]);

  if (isKeyWanted) return <SignIn language={language} wasWrong={readKey() !== undefined} useKey={useKey} />;
  if (!shown) return <StartPage language={language} error={error} />;
  const app: AppContext = {
    ...navigation,
    client,
    ...shown,
    sites: sites ?? [],
    language,
    format,
    onError,
  };
  return (
    <Context.Provider value={app}>
      <Layout
        preferences={preferences}
        prefer={prefer}
        isSettingsOpen={isSettingsOpen}
        isLanguageLost={isLanguageLost}
        signOut={() => useKey(undefined)}
      />
    </Context.Provider>
  );
}

/** The browser's own variant of the language, as `en-GB`. */
const browserLocale = (language: string): string =>
  navigator.languages.find((one) => one === language || one.startsWith(`${language}-`)) ?? language;
