/** The whole page: asks which sites there are, for a key where one is wanted, and shows the view of the URL. */
import type { SiteInfo } from '@liveinsight/schema';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { useNavigation } from '../address/use-address.js';
import { createClient } from '../api/client.js';
import type { Config } from '../api/config.js';
import { keepKey, readKey, takeKeyFromAddress } from '../api/key.js';
import { asProblem, type Problem } from '../api/problem.js';
import { createFormat } from '../format/format.js';
import { type AppContext, Context } from './context.js';
import { Frame } from './frame.js';
import { KeyPage } from './key-page.js';
import { applyPreferences, keepPreferences, type Preferences } from './preferences.js';
import { StartPage } from './start-page.js';
import { isZone } from './zone.js';

interface AppProps {
  config: Config;
  preferences: Preferences;
}

const ASK_AGAIN_MS = 2_000;

export function App({ config, preferences: first }: AppProps) {
  const navigation = useNavigation();
  const [preferences, setPreferences] = useState(first);
  const [sites, setSites] = useState<readonly SiteInfo[]>();
  const [problem, setProblem] = useState<Problem>();
  const [turn, setTurn] = useState(0);
  const client = useMemo(() => createClient(config), [config]);
  const isKeyWanted = problem?.kind === 'unauthorized';

  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    client.read('/sites', {}, ended.signal).then(
      ({ sites }) => {
        setSites(sites);
        setProblem(undefined);
      },
      (error) => {
        if (ended.signal.aborted) return;
        const problem = asProblem(error);
        setProblem(problem);
        // Nobody need press anything when the collector is back.
        if (problem.kind !== 'unauthorized') timer = setTimeout(() => setTurn(turn + 1), ASK_AGAIN_MS);
      },
    );
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [client, turn]);

  const { address } = navigation;
  const { language } = preferences;
  const site = sites?.find(({ id }) => id === address.site) ?? siteOf(sites ?? [], address.site);
  const timezone = isZone(address.timezone) ? address.timezone : (site?.timezone ?? 'UTC');
  const format = useMemo(() => createFormat(localeOf(language), timezone), [language, timezone]);
  const onProblem = useCallback((problem: Problem) => {
    if (problem.kind === 'unauthorized') setProblem(problem);
  }, []);

  const prefer = (change: Partial<Preferences>) => {
    const next = { ...preferences, ...change };
    setPreferences(next);
    keepPreferences(next);
    applyPreferences(next);
  };
  const startAgain = useCallback(() => {
    setSites(undefined);
    setProblem(undefined);
    setTurn((before) => before + 1);
  }, []);
  const useKey = (key: string | undefined) => {
    keepKey(key);
    startAgain();
  };

  useEffect(() => {
    // An address with a key, put into the bar of a tab that shows the dashboard already, does not load the page again.
    const takeKey = () => {
      if (takeKeyFromAddress()) startAgain();
    };
    addEventListener('hashchange', takeKey);
    return () => removeEventListener('hashchange', takeKey);
  }, [startAgain]);

  if (isKeyWanted) return <KeyPage language={language} wasWrong={readKey() !== undefined} useKey={useKey} />;
  if (!site) return <StartPage language={language} problem={problem} />;
  const app: AppContext = {
    ...navigation,
    client,
    site,
    sites: sites ?? [],
    timezone,
    language,
    format,
    onProblem,
  };
  return (
    <Context.Provider value={app}>
      <Frame preferences={preferences} prefer={prefer} forgetKey={() => useKey(undefined)} />
    </Context.Provider>
  );
}

/** Of one that the key does not open nothing is known: the API says so when it is asked. */
function siteOf(sites: readonly SiteInfo[], asked: string | undefined): SiteInfo | undefined {
  const usual = sites.find((site) => site.default) ?? sites[0];
  return usual && asked ? { ...usual, id: asked } : usual;
}

/** The browser's own variant of the language, as `en-GB`. */
const localeOf = (language: string): string =>
  navigator.languages.find((one) => one === language || one.startsWith(`${language}-`)) ?? language;
