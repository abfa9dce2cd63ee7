import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'parts',
  title: { en: 'Parts', ko: '구성 요소' },
  takes: [],
  load: async () => (await import('./parts.js')).Parts,
});
