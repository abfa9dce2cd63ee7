/** Words of notes on moments. */
import { defineMessages } from './define-messages.js';

export const ANNOTATION_MESSAGES = defineMessages({
  en: {
    notes: 'Notes',
    add: '+ Note',
    add_title: 'Add a note on a moment',
    text: 'What happened',
    example: 'Release 2.1',
    when: 'When, by this computer’s clock',
    remove: (text: string) => `Remove the note ${text}`,
  },
  ko: {
    notes: '메모',
    add: '+ 메모',
    add_title: '특정 시점에 메모 추가',
    text: '무슨 일이 있었나요',
    example: '릴리스 2.1',
    when: '시각(이 컴퓨터 기준)',
    remove: (text: string) => `메모 삭제: ${text}`,
  },
});
