import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'retention',
  title: { en: 'Retention', ko: '리텐션' },
  order: 50,
  load: async () => (await import('./retention.js')).Retention,
});
