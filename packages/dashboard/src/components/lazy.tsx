/** A part of the page that is loaded when it is first shown. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { LoadFailure } from './load-failure.js';
import { Loading } from './query-states.js';

interface LazyOptions<Props> {
  /** Lines that keep its place until it is there. Default 0: the place stays empty. */
  lines?: number;
  /** In its place where it cannot be loaded. Default: that it could not, and a button that loads the page again. */
  Lost?: ComponentType<Props>;
}

export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { lines = 0, Lost = LoadFailure }: LazyOptions<Props> = {},
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [Part, setPart] = useState(() => loaded);
    const [isLost, setLost] = useState(false);
    useEffect(() => {
      if (Part) return;
      load().then(
        (component) => {
          loaded = component;
          setPart(() => component);
        },
        () => setLost(true),
      );
    }, []);
    if (Part) return <Part {...props} />;
    if (isLost) return <Lost {...props} />;
    return lines > 0 ? <Loading lines={lines} /> : null;
  };
}
