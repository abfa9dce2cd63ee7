import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'segments',
  title: { en: 'Segments', ko: '세그먼트' },
  group: 'people',
  order: 30,
  icon: 'M6 3h8v14l-4-3.5L6 17z',
  takes: ['filters', 'range'],
  load: async () => (await import('./segments.js')).Segments,
});
