import { defineView } from '../define-view.js';

export const view = defineView({
  id: 'experiments',
  title: { en: 'Experiments', ko: '실험' },
  group: 'outcome',
  order: 30,
  icon: 'M8 3v5l-5 8h14l-5-8V3M7 3h6',
  load: async () => (await import('./experiments.js')).Experiments,
});
