import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'now',
  title: { en: 'Live', ko: '실시간' },
  order: 10,
  load: async () => (await import('./now.js')).Now,
});
