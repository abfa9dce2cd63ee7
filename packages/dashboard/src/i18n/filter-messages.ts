/** Words of the form that adds a filter. */
import { defineMessages } from './define-messages.js';

export const FILTER_MESSAGES = defineMessages({
  en: {
    filter: 'Filter',
    add: 'Add filter',
    what: 'Property',
    value: 'Value',
    without: 'is not',
  },
  ko: {
    filter: '필터',
    add: '필터 추가',
    what: '속성',
    value: '값',
    without: '제외',
  },
});
