import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'retention',
  title: { en: 'Retention', ko: '리텐션' },
  group: 'behaviour',
  order: 40,
  icon: 'M4 10a6 6 0 1 1 2 4.5M4 16v-3h3',
  takes: ['filters'],
  load: async () => (await import('./retention.js')).Retention,
});
