import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'users',
  title: { en: 'Users', ko: '사용자' },
  group: 'people',
  order: 20,
  icon: 'M7 9a3 3 0 1 0 0-6a3 3 0 0 0 0 6M1.5 17a5.5 5.5 0 0 1 11 0M13 4a3 3 0 0 1 0 5M15 12a5.5 5.5 0 0 1 3.5 5',
  takes: [],
  load: async () => (await import('./users.js')).Users,
});
