import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'click-map',
  title: { en: 'Clicks', ko: '클릭' },
  order: 70,
  load: async () => (await import('./click-map.js')).ClickMap,
});
