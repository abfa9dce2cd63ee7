/** The session that the URL names, beside the view; loaded with the first one that is opened. */
import { lazy } from '../components/lazy.js';
import { useApp } from '../hooks/app-context.js';

export interface SessionPanelProps {
  id: string;
  /** Another one says that there is more of it: asks at once. */
  version: string | undefined;
}

const OpenSession = lazy<SessionPanelProps>(async () => (await import('./session-panel.js')).OpenSession, {
  isSilent: true,
});

export function SessionPanel({ version }: { version?: string | undefined }) {
  const { session } = useApp().urlState;
  return session === undefined ? null : <OpenSession key={session} id={session} version={version} />;
}
