import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'source',
  title: { en: 'Source', ko: '소스' },
  under: 'overview',
  load: async () => (await import('./source.js')).SourceDetails,
});
