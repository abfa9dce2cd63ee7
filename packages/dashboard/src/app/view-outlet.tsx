/** Loads a view's part of the program and shows it. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { LoadFailure } from '../components/load-failure.js';
import { Loading } from '../components/query-states.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import type { View } from '../views/define-view.js';

export function ViewOutlet({ view }: { view: View | undefined }) {
  const messages = useMessages(SHELL_MESSAGES);
  const { hrefTo } = useApp();
  const [Loaded, setLoaded] = useState<ComponentType>();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    view?.load().then(
      (component) => setLoaded(() => component),
      () => setLost(true),
    );
  }, [view]);
  if (!view)
    return (
      <div class="state">
        <h1>{messages.no_such_view}</h1>
        <a href={hrefTo({ view: 'overview' })}>{messages.to_overview}</a>
      </div>
    );
  if (isLost) return <LoadFailure />;
  return Loaded ? <Loaded /> : <Loading lines={8} />;
}
