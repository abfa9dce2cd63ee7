/** The session that the URL names, beside the view; loaded with the first one that is opened. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';

export interface SessionPanelProps {
  id: string;
  /** Another one says that there is more of it: asks at once. */
  version: string | undefined;
}

export function SessionPanel({ version }: { version?: string | undefined }) {
  const { session } = useApp().urlState;
  const [Loaded, setLoaded] = useState<ComponentType<SessionPanelProps>>();
  const isOpen = session !== undefined;
  useEffect(() => {
    if (!isOpen) return;
    import('./session-panel.js').then(
      ({ OpenSession }) => setLoaded(() => OpenSession),
      () => {},
    );
  }, [isOpen]);
  return isOpen && Loaded ? <Loaded key={session} id={session} version={version} /> : null;
}
