import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'click-map',
  title: { en: 'Clicks', ko: '클릭' },
  group: 'behaviour',
  order: 50,
  icon: 'M8 8l8 3-3.5 1.5L11 16zM4 4l1.5 1.5M8 3v2M3 8h2',
  load: async () => (await import('./click-map.js')).ClickMap,
});
