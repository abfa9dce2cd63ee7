import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'errors',
  title: { en: 'Errors', ko: '오류' },
  group: 'watch',
  order: 20,
  icon: 'M10 3l8 14H2zM10 8v4M10 14.5h.01',
  takes: ['filters', 'range', 'compare'],
  load: async () => (await import('./errors.js')).Errors,
});
