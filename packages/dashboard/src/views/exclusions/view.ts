import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'exclusions',
  title: { en: 'Exclusions', ko: '제외 규칙' },
  takes: [],
  load: async () => (await import('./exclusions.js')).Exclusions,
});
