import { defineView } from '../../app/define-view.js';

export const view = defineView({
  id: 'over-time',
  title: { en: 'Over time', ko: '기간별' },
  order: 20,
  load: async () => (await import('./over-time.js')).OverTime,
});
