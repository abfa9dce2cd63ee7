import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'funnels',
  title: { en: 'Funnels', ko: '퍼널' },
  group: 'behaviour',
  order: 20,
  icon: 'M3 4h14l-5 6v6l-4-2v-4z',
  load: async () => (await import('./funnels.js')).Funnels,
});
