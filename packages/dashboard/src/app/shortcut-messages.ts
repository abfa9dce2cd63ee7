/** Words of the list of shortcuts alone. */
import { defineMessages } from '../i18n/define-messages.js';

export const SHORTCUT_MESSAGES = defineMessages({
  en: {
    keys_views: 'Go to',
    keys_search: 'Search the first table',
    keys_range: 'Date range',
    keys_filter: 'Add a filter',
    keys_help: 'Show keyboard shortcuts',
    keys_close: 'Close',
    keys_compare: 'Compare to the previous period',
    keys_theme: 'Change theme',
  },
  ko: {
    keys_views: '메뉴 이동',
    keys_search: '첫 번째 표에서 검색',
    keys_range: '기간',
    keys_filter: '필터 추가',
    keys_help: '단축키 보기',
    keys_close: '닫기',
    keys_compare: '이전 기간과 비교',
    keys_theme: '테마 변경',
  },
});
