/** The map, whose outlines are loaded when it is looked at. */
import { lazy } from '../components/lazy.js';
import type { WorldMapProps } from './world-map.js';

export const MapOutlet = lazy<WorldMapProps>(async () => (await import('./world-map.js')).WorldMap, {
  lines: 8,
});
