import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'actions',
  title: { en: 'Links & searches', ko: '링크·검색' },
  group: 'behaviour',
  order: 60,
  icon: 'M8 12l4-4M9 5l2-2a4 4 0 0 1 6 6l-2 2M11 15l-2 2a4 4 0 0 1-6-6l2-2',
  takes: ['filters', 'range', 'compare'],
  load: async () => (await import('./actions.js')).Actions,
});
