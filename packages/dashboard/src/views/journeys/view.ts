import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'journeys',
  title: { en: 'Journeys', ko: '이동 경로' },
  group: 'behaviour',
  order: 30,
  icon: 'M5 5h.01M5 15h.01M15 10h.01M5 5c6 0 4 5 10 5M5 15c6 0 4-5 10-5',
  load: async () => (await import('./journeys.js')).Journeys,
});
