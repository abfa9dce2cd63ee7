/** The dashboard's views: each registers itself in `src/views/<id>/view.ts` and is loaded when it is opened. */
import { type BarPart, VIEW_GROUPS, type View, type ViewGroup } from '../views/define-view.js';

const registered = import.meta.glob<View>('../views/*/view.ts', { eager: true, import: 'view' });

const placeOf = ({ group, order = 0 }: View): number =>
  group ? VIEW_GROUPS.indexOf(group) * 1_000 + order : -1;

/** Those of the navigation, in its order. */
export const NAVIGATION: readonly (View & { group: ViewGroup })[] = Object.values(registered)
  .filter((view): view is View & { group: ViewGroup } => view.group !== undefined)
  .sort((a, b) => placeOf(a) - placeOf(b));

/** Those that a digit opens. */
export const NUMBERED = NAVIGATION.slice(0, 9);

export const findView = (id: string): View | undefined =>
  Object.values(registered).find((view) => view.id === id);

const USUAL: readonly BarPart[] = ['filters', 'range'];

export const takes = (view: View | undefined, part: BarPart): boolean =>
  view !== undefined && (view.takes ?? USUAL).includes(part);
