/** What the page says where its own program cannot be loaded: no part of it is there to say so. */
import type { Language } from '../i18n/languages.js';

const TEXTS: Record<Language, readonly [what: string, action: string]> = {
  en: ['The dashboard could not be loaded. The collector may be restarting or updated.', 'Reload'],
  ko: ['대시보드를 불러오지 못했습니다. 수집기가 다시 시작되었거나 업데이트되었을 수 있습니다.', '새로 고침'],
};

export function showLoadFailure(root: HTMLElement, language: Language): void {
  const [what, action] = TEXTS[language];
  const text = document.createElement('p');
  text.role = 'alert';
  const button = document.createElement('button');
  button.type = 'button';
  button.addEventListener('click', () => location.reload());
  const main = document.createElement('main');
  main.className = 'centered';
  main.append(text, button);
  root.replaceChildren(main);
  // After it is there: a screen reader says what comes into an alert.
  text.textContent = what;
  button.textContent = action;
}
