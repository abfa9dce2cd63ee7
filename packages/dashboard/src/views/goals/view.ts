import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'goals',
  title: { en: 'Goals', ko: '목표' },
  group: 'outcome',
  order: 10,
  icon: 'M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14M10 7a3 3 0 1 0 0 6a3 3 0 0 0 0-6',
  takes: ['filters', 'range', 'compare'],
  load: async () => (await import('./goals.js')).Goals,
});
