import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'journeys',
  title: { en: 'Journeys', ko: '이동 경로' },
  order: 60,
  load: async () => (await import('./journeys.js')).Journeys,
});
