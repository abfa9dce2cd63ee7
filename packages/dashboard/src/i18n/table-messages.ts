/** Words of tables that only they use. */
import { defineMessages } from './define-messages.js';

export const TABLE_MESSAGES = defineMessages({
  en: {
    exits: 'Exits',
    exit_rate: 'Exit rate',
    details_of: (what: string) => `Open report: ${what}`,
  },
  ko: {
    exits: '종료',
    exit_rate: '종료율',
    details_of: (what: string) => `보고서 열기: ${what}`,
  },
});
