import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'sessions',
  title: { en: 'Sessions', ko: '세션' },
  order: 30,
  load: async () => (await import('./sessions.js')).Sessions,
});
