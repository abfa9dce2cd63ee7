import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'funnels',
  title: { en: 'Funnels', ko: '퍼널' },
  order: 40,
  load: async () => (await import('./funnels.js')).Funnels,
});
