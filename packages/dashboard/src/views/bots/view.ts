import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'bots',
  title: { en: 'AI & bots', ko: 'AI·봇' },
  group: 'traffic',
  order: 60,
  icon: 'M5 8h10v8H5zM10 8V5M10 4h.01M8 11.5h.01M12 11.5h.01M3 11v3M17 11v3',
  takes: ['filters', 'range', 'compare'],
  load: async () => (await import('./bots.js')).Bots,
});
