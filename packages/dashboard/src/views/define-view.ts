/** What a view says of itself. */
import type { ComponentType } from 'preact';
import type { Language } from '../i18n/languages.js';

/** Groups of the navigation, in its order. */
export const VIEW_GROUPS = ['traffic', 'behaviour', 'outcome', 'people', 'watch'] as const;
export type ViewGroup = (typeof VIEW_GROUPS)[number];

/** What the bar above a view can choose for it. */
export type BarPart = 'filters' | 'range' | 'compare';

export interface View {
  /** As in `?view=<id>`. */
  id: string;
  title: Record<Language, string>;
  /** Where it is in the navigation; absent: reached by links alone, as a page's own numbers. */
  group?: ViewGroup;
  /** Place within its group. */
  order?: number;
  /** In the navigation: strokes of a square of 20, as the `d` of an SVG path. */
  icon?: string;
  /** Of the navigation: the view it belongs to, where it is not in there itself. */
  under?: string;
  /** What of the bar its numbers follow. Default: filters and range. */
  takes?: readonly BarPart[];
  load(): Promise<ComponentType>;
}

export const defineView = (view: View): View => view;
