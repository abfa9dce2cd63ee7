/** The dashboard's views: each registers itself in `src/views/<id>/view.ts` and is loaded when it is opened. */
import type { View } from '../views/define-view.js';

const registered = import.meta.glob<View>('../views/*/view.ts', { eager: true, import: 'view' });

export const VIEWS: readonly View[] = Object.values(registered).sort(
  (a, b) => (a.order ?? Number.POSITIVE_INFINITY) - (b.order ?? Number.POSITIVE_INFINITY),
);

export const findView = (id: string): View | undefined => VIEWS.find((view) => view.id === id);
