import { defineView } from '../../app/define-view.js';

export const view = defineView({
  id: 'retention',
  title: { en: 'Retention', ko: '재방문' },
  order: 50,
  load: async () => (await import('./retention.js')).Retention,
});
