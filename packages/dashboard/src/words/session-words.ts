/** Words of a session's story. */
import { defineWords } from './catalogue.js';

export const SESSION_WORDS = defineWords({
  en: {
    session: 'Session',
    started: 'Started',
    duration: 'Duration',
    source: 'Source',
    place: 'From',
    device: 'With',
    user: 'User',
    timeline: 'What happened',
  },
  ko: {
    session: '세션',
    started: '시작',
    duration: '지속 시간',
    source: '소스',
    place: '국가',
    device: '환경',
    user: '사용자',
    timeline: '일어난 일',
  },
});
