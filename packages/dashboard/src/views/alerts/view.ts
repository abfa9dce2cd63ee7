import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'alerts',
  title: { en: 'Alerts', ko: '알림' },
  group: 'watch',
  order: 10,
  icon: 'M5 14V9a5 5 0 0 1 10 0v5l1 1H4zM9 17h2',
  takes: [],
  load: async () => (await import('./alerts.js')).Alerts,
});
