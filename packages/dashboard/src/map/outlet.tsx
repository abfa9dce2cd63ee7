/** The map, whose outlines are loaded when it is looked at. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Loading } from '../components/query-states.js';
import type { WorldMapProps } from './world-map.js';

export function MapOutlet(props: WorldMapProps) {
  const [Loaded, setLoaded] = useState<ComponentType<WorldMapProps>>();
  useEffect(() => {
    import('./world-map.js').then(
      ({ WorldMap }) => setLoaded(() => WorldMap),
      () => {},
    );
  }, []);
  return Loaded ? <Loaded {...props} /> : <Loading lines={8} />;
}
