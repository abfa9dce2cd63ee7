/** Loads a view's part of the program and shows it. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../api/problem.js';
import { Loading, ProblemState } from '../parts/states.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { useApp } from './context.js';
import type { View } from './define-view.js';

export function ViewPlace({ view }: { view: View | undefined }) {
  const words = useWords(SHELL_WORDS);
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
        <h1>{words.no_such_view}</h1>
        <a href={hrefTo({ view: 'now' })}>{words.to_now}</a>
      </div>
    );
  // After an update of the collector the page's own files are others: only loading it again helps.
  if (isLost) return <ProblemState problem={new Problem('unreachable')} again={() => location.reload()} />;
  return Loaded ? <Loaded /> : <Loading lines={8} />;
}
