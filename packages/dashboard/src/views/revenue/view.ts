import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'revenue',
  title: { en: 'Revenue', ko: '매출' },
  group: 'outcome',
  order: 20,
  icon: 'M10 3v14M13.5 6.5C13 5.5 12 5 10 5c-4 0-4.5 4.5 0 5c4.5.5 4 5 0 5c-2 0-3-.5-3.5-1.5',
  takes: ['filters', 'range', 'compare'],
  load: async () => (await import('./revenue.js')).Revenue,
});
