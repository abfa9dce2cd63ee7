import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'alerts',
  title: { en: 'Alerts', ko: '알림' },
  order: 80,
  load: async () => (await import('./alerts.js')).Alerts,
});
