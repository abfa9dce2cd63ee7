/** Words of the form that adds a filter. */
import { defineMessages } from './define-messages.js';

export const FILTER_MESSAGES = defineMessages({
  en: {
    filter: 'Filter',
    add: 'Add a filter',
    what: 'By',
    value: 'Value',
    without: 'Sessions without it',
  },
  ko: {
    filter: '필터',
    add: '필터 추가',
    what: '기준',
    value: '값',
    without: '해당하지 않는 세션만',
  },
});
