import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'sessions',
  title: { en: 'Sessions', ko: '세션' },
  group: 'people',
  order: 10,
  icon: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3 3-5 6-5s6 2 6 5',
  load: async () => (await import('./sessions.js')).Sessions,
});
