/** What the reader prefers, kept in this browser: language, colours, and a narrow menu. */
import { LANGUAGES, type Language } from '../i18n/languages.js';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences {
  language: Language;
  theme: Theme;
  /** Whether the menu at the side has icons alone. */
  isCollapsed: boolean;
}

const NAME = 'liveinsight-preferences';

export function loadPreferences(): Preferences {
  const { language, theme, isCollapsed } = kept();
  return {
    language:
      LANGUAGES.find((one) => one === language) ??
      LANGUAGES.find((one) => navigator.languages.some((wanted) => wanted.startsWith(one))) ??
      'en',
    theme: THEMES.find((one) => one === theme) ?? 'auto',
    isCollapsed: isCollapsed === true,
  };
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(preferences));
  } catch {
    // Storage is denied: they last as long as the page.
  }
}

export function applyPreferences({ language, theme }: Preferences): void {
  document.documentElement.lang = language;
  if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.dataset.theme = theme;
}

function kept(): Partial<Record<keyof Preferences, unknown>> {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? '{}');
  } catch {
    return {};
  }
}
