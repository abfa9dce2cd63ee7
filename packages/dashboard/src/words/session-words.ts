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
    events: 'Events',
    bot: 'A bot: kept out of the numbers.',
    no_such: 'There is no such session, or it is kept no longer.',
    time: 'Time',
    event: 'Event',
    page: 'Page',
    detail: 'Detail',
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
    events: '이벤트',
    bot: '봇: 수치에 포함되지 않습니다.',
    no_such: '그런 세션이 없거나 보관 기간이 지났습니다.',
    time: '시각',
    event: '이벤트',
    page: '페이지',
    detail: '상세',
  },
});
