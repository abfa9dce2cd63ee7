import { defineView } from '../../app/define-view.js';

export const view = defineView({
  id: 'click-map',
  title: { en: 'Click map', ko: '클릭 맵' },
  order: 70,
  load: async () => (await import('./click-map.js')).ClickMap,
});
