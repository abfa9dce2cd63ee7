/** Starts the page in the reader's language, which alone is loaded. */
import './style/index.css';
import { createClient } from './api/client.js';
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
const client = loadConfig()
  .catch(() => ({ api: new URL('../api', FOLDER).href, tracker: new URL('../liveinsight.js', FOLDER).href }))
  .then(createClient);
let started: Started | undefined;

// Requested at once: on a slow network the responses are there as soon as the program that shows them.
client
  .then(async (loaded) => {
    const sites = loaded.readAhead('/sites', {});
    const { readFirstNumbers } = await import('./app/first-numbers.js');
    readFirstNumbers(loaded, (await sites).sites);
  })
  // What goes wrong is for the program to say.
  .catch(() => {});

async function show(root: HTMLElement, preferences: Preferences): Promise<void> {
  const [{ start }, loaded] = await Promise.all([LANGUAGES[preferences.language](), client]);
  const isSettingsOpen = started !== undefined;
  started?.end();
  applyPreferences(preferences);
  started = start(root, {
    client: loaded,
    preferences,
    isSettingsOpen,
    changeLanguage: (changed) => show(root, changed),
  });
}

const preferences = loadPreferences();
applyPreferences(preferences);

/** Loaded without waiting for the style sheet, so it may be there before the body is. */
function begin(): void {
  const root = document.getElementById('app');
  if (!root) return;
  show(root, preferences).catch((error) => {
    console.error(error);
    showLoadFailure(root, preferences.language);
  });
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin, { once: true });
else begin();
