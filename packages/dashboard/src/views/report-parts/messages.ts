/** Words that reports have in common, and what their numbers mean. */
import { defineMessages } from '../../i18n/define-messages.js';

export const REPORT_MESSAGES = defineMessages({
  en: {
    estimate: 'Estimate: within twice this error in 95 of 100 cases',
    by: 'By',
    change: 'Change',
    sessions: 'Sessions',
    sessions_of: (what: string) => `Sessions: ${what}`,
    visitors: 'Visitors',
    visitors_means:
      'Different visitors. One person on two devices, or without consent on two days, counts twice.',
    none: '(none)',
    unknown: 'Unknown',
    other: 'Other',
    more: (count: string) => `+ ${count} more`,
    filter_by: (what: string) => `Filter by ${what}`,
  },
  ko: {
    estimate: '추정치: 100번 중 95번은 이 오차의 2배 이내입니다',
    by: '기준',
    change: '증감',
    sessions: '세션',
    sessions_of: (what: string) => `세션: ${what}`,
    visitors: '방문자',
    visitors_means:
      '서로 다른 방문자 수입니다. 한 사람이 기기 2대를 쓰거나 동의 없이 이틀에 걸쳐 방문하면 2명으로 집계됩니다.',
    none: '(없음)',
    unknown: '알 수 없음',
    other: '기타',
    more: (count: string) => `그 외 ${count}개`,
    filter_by: (what: string) => `필터: ${what}`,
  },
});
