/** Words of notes on moments. */
import { defineMessages } from './define-messages.js';

export const ANNOTATION_MESSAGES = defineMessages({
  en: {
    notes: 'Annotations',
    add: '+ Add annotation',
    add_title: 'Add annotation',
    text: 'Text',
    example: 'Release 2.1',
    when: 'Date and time (your time)',
    remove: (text: string) => `Remove annotation: ${text}`,
    before_after: 'Before and after',
    before_after_of: (text: string) => `Before and after: ${text}`,
  },
  ko: {
    notes: '주석',
    add: '+ 주석 추가',
    add_title: '주석 추가',
    text: '내용',
    example: '릴리스 2.1',
    when: '날짜와 시각(내 시간대)',
    remove: (text: string) => `주석 삭제: ${text}`,
    before_after: '전후 비교',
    before_after_of: (text: string) => `전후 비교: ${text}`,
  },
});
