/** The session that the URL names, beside the view: loaded when one is opened. */
import { useApp } from '../hooks/app-context.js';
import { lazy } from './lazy.js';

const SessionPanel = lazy(async () => (await import('./session-panel.js')).SessionPanel);

export const SessionOutlet = () => (useApp().urlState.session === undefined ? null : <SessionPanel />);
