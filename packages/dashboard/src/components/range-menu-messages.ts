/** Words of the menus of time alone. */
import { defineMessages } from '../i18n/define-messages.js';

export const RANGE_MENU_MESSAGES = defineMessages({
  en: {
    from: 'From',
    to: 'To',
    apply: 'Apply',
    compare_none: 'No comparison',
    compare_aligned: 'Match weekdays',
    range_compared: (range: string) => `${range} vs. previous period`,
    month_earlier: 'Previous month',
    month_later: 'Next month',
    choose_first: 'Choose the first day',
    choose_last: 'Choose the last day',
    timezone: 'Time zone',
  },
  ko: {
    from: '시작',
    to: '종료',
    apply: '적용',
    compare_none: '비교 안 함',
    compare_aligned: '요일 맞추기',
    range_compared: (range: string) => `${range}, 이전 기간과 비교`,
    month_earlier: '이전 달',
    month_later: '다음 달',
    choose_first: '시작일을 선택하세요',
    choose_last: '종료일을 선택하세요',
    timezone: '시간대',
  },
});
