/** Starts the page in the reader's language, which alone is loaded. */
import './style/index.css';
import { FOLDER, loadConfig } from './api/config.js';
import { takeKeyFromUrl } from './api/key.js';
import { showLoadFailure } from './app/load-failure.js';
import { applyPreferences, loadPreferences, type Preferences } from './app/preferences.js';
import type { Languages, Started } from './app/start.js';

const LANGUAGES: Languages = {
  en: () => import('./app/start.js?lang=en'),
  ko: () => import('./app/start.js?lang=ko'),
};

takeKeyFromUrl();
// A host may lack `config.json`: then the API is where the collector has it.
const config = loadConfig().catch(() => ({
  api: new URL('../api', FOLDER).href,
  tracker: new URL('../liveinsight.js', FOLDER).href,
}));
let started: Started | undefined;

async function show(root: HTMLElement, preferences: Preferences): Promise<void> {
  const [{ start }, loaded] = await Promise.all([LANGUAGES[preferences.language](), config]);
  const isSettingsOpen = started !== undefined;
  started?.end();
  applyPreferences(preferences);
  started = start(root, {
    config: loaded,
    preferences,
    isSettingsOpen,
    changeLanguage: (changed) => show(root, changed),
  });
}

const root = document.getElementById('app');
const preferences = loadPreferences();
applyPreferences(preferences);
if (root)
  show(root, preferences).catch((error) => {
    console.error(error);
    showLoadFailure(root, preferences.language);
  });
