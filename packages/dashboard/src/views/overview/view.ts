import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'overview',
  title: { en: 'Overview', ko: '개요' },
  group: 'traffic',
  order: 10,
  icon: 'M3 17h14M5 14v-3m5 3V4m5 10V8',
  takes: ['filters', 'range', 'compare'],
  load: async () => (await import('./overview.js')).Overview,
});
