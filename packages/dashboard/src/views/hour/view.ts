import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'hour',
  title: { en: 'Hour', ko: '시간대' },
  under: 'overview',
  load: async () => (await import('./hour.js')).HourDetails,
});
