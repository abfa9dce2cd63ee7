/** Asks for the key where the collector wants one, and keeps it as long as the tab. */
import { byId } from './element.js';

const KEY = 'liveinsight.read-key';

export const readKey = () => sessionStorage.getItem(KEY);

export function offerKeyForm(onKey: () => void): { show(wanted: boolean): void } {
  const form = byId('key-form');
  const field = byId('key');
  form.addEventListener('submit', (submitted) => {
    submitted.preventDefault();
    if (!(field instanceof HTMLInputElement)) return;
    sessionStorage.setItem(KEY, field.value.trim());
    field.value = '';
    onKey();
  });
  return {
    show(wanted) {
      if (wanted && form.hidden) queueMicrotask(() => field.focus());
      form.hidden = !wanted;
    },
  };
}
