import { useApp } from '../hooks/app-context.js';
import { useQuery } from '../hooks/use-query.js';

const POLL_MS = 15_000;

/** Sessions of the last five minutes. @param isWanted whether they are to be asked for */
export function useOnline(isWanted: boolean): number | undefined {
  const { site } = useApp();
  const { data } = useQuery('/realtime', isWanted ? { site: site.id } : undefined, { everyMs: POLL_MS });
  return isWanted ? data?.active_sessions.last_5_minutes : undefined;
}
