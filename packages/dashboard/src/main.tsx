import { render } from 'preact';
import './style/index.css';
import { FOLDER, loadConfig } from './api/config.js';
import { takeKeyFromUrl } from './api/key.js';
import { App } from './app/app.js';
import { applyPreferences, loadPreferences } from './app/preferences.js';

takeKeyFromUrl();
const preferences = loadPreferences();
applyPreferences(preferences);
const root = document.getElementById('app');
// A host may lack `config.json`: then the API is where the collector has it.
const config = await loadConfig().catch(() => ({
  api: new URL('../api', FOLDER).href,
  tracker: new URL('../liveinsight.js', FOLDER).href,
}));
if (root) render(<App config={config} preferences={preferences} />, root);
