/** The session that the URL names, beside the view; loaded with the first one that is opened. */
import { lazy } from '../components/lazy.js';
import { useApp } from '../hooks/app-context.js';
import type { SessionPanelProps } from './session-panel.js';

const OpenSession = lazy<SessionPanelProps>(async () => (await import('./session-panel.js')).OpenSession);

export function SessionPanel({ version }: { version?: string | undefined }) {
  const { session } = useApp().urlState;
  return session === undefined ? null : <OpenSession key={session} id={session} version={version} />;
}
