import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'page',
  title: { en: 'Page', ko: '페이지' },
  under: 'overview',
  load: async () => (await import('./page.js')).PageDetails,
});
