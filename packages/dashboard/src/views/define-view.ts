/** What a view says of itself. */
import type { ComponentType } from 'preact';
import type { Language } from '../i18n/define-messages.js';

export interface View {
  /** As in `?view=<id>`. */
  id: string;
  title: Record<Language, string>;
  /** Place among the others in the navigation; absent: reached by links alone, as a page's own numbers. */
  order?: number;
  /** Of the navigation: the view it belongs to, where it is not in there itself. */
  under?: string;
  load(): Promise<ComponentType>;
}

export const defineView = (view: View): View => view;
