/** Words of tables that only they use. */
import { defineMessages } from './define-messages.js';

export const TABLE_MESSAGES = defineMessages({
  en: {
    exits: 'Exits',
    exit_rate: 'Exit rate',
    details: 'Details',
    details_of: (what: string) => `Details of ${what}`,
  },
  ko: {
    exits: '종료',
    exit_rate: '종료율',
    details: '자세히',
    details_of: (what: string) => `${what} 자세히`,
  },
});
