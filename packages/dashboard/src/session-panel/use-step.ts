/** From the open session to the next one of the list beside it: by buttons, or J and K as in mail programs. */
import { useEffect } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';

interface Step {
  canStep(by: -1 | 1): boolean;
  to(by: -1 | 1): void;
}

/** In the order in which they are shown. */
const listed = (): string[] => [
  ...new Set(
    [...document.querySelectorAll<HTMLElement>('#content [data-session-id]')].map(
      ({ dataset }) => dataset.sessionId ?? '',
    ),
  ),
];

export function useStep(id: string): Step {
  const { go } = useApp();
  const neighbour = (by: -1 | 1): string | undefined => {
    const ids = listed();
    const at = ids.indexOf(id);
    return at < 0 ? undefined : ids[at + by];
  };
  const to = (by: -1 | 1) => {
    const session = neighbour(by);
    if (session !== undefined) go({ session }, 'replace');
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : undefined;
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, select, textarea');
      if (by !== undefined && !isTyping && !event.metaKey && !event.ctrlKey && !event.altKey) to(by);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [id]);
  return { canStep: (by) => neighbour(by) !== undefined, to };
}
