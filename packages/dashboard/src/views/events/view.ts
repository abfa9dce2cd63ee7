import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'events',
  title: { en: 'Events', ko: '이벤트' },
  group: 'behaviour',
  order: 10,
  icon: 'M11 3L5 11h4l-1 6 6-8h-4z',
  takes: ['filters', 'range', 'compare'],
  load: async () => (await import('./events.js')).Events,
});
