import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'over-time',
  title: { en: 'Overview', ko: '개요' },
  order: 20,
  load: async () => (await import('./over-time.js')).OverTime,
});
