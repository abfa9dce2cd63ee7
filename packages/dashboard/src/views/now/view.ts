import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'now',
  title: { en: 'Live', ko: '실시간' },
  group: 'traffic',
  order: 20,
  icon: 'M10 10h.01M6.5 13.5a5 5 0 0 1 0-7m7 0a5 5 0 0 1 0 7M4 16a8.5 8.5 0 0 1 0-12m12 0a8.5 8.5 0 0 1 0 12',
  takes: [],
  load: async () => (await import('./now.js')).Now,
});
