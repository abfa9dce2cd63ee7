import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'web-vitals',
  title: { en: 'Web vitals', ko: '웹 바이탈' },
  group: 'outcome',
  order: 40,
  icon: 'M4 14a7 7 0 1 1 12 0M10 12l3-4',
  takes: ['filters', 'range', 'compare'],
  load: async () => (await import('./web-vitals.js')).WebVitals,
});
