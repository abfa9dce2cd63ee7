import { defineWords } from '../../words/catalogue.js';

export const RETENTION = defineWords({
  en: {
    title: 'Retention',
    weeks: 'Weeks',
    of_weeks: (weeks: string) => `${weeks} weeks`,
    first_seen: 'First seen in the week of',
    visitors: 'Visitors',
    week: (number: string) => `Week ${number}`,
    week_hint: (share: string, count: string, number: string) =>
      `${share} (${count}) came back in week ${number}`,
    all: 'All weeks',
    came_back: 'Came back',
    came_back_hint: 'Of the visitors first seen in a week, how many were seen again so many weeks later.',
    under_way: 'Under way: it can still grow.',
    no_consent: 'Visitors without consent have a new id every day, so that no week sees them again.',
    nobody: 'Nobody came in these weeks.',
    from_raw: 'From raw events, which go back as far as they are kept.',
  },
  ko: {
    title: '재방문',
    weeks: '주',
    of_weeks: (weeks: string) => `${weeks}주`,
    first_seen: '처음 방문한 주',
    visitors: '방문자',
    week: (number: string) => `${number}주 후`,
    week_hint: (share: string, count: string, number: string) =>
      `${number}주 후 ${share} (${count}명) 재방문`,
    all: '전체',
    came_back: '재방문',
    came_back_hint: '어느 주에 처음 방문한 사람 중 몇 명이 몇 주 뒤에 다시 왔는지 보여 줍니다.',
    under_way: '진행 중: 아직 늘어날 수 있습니다.',
    no_consent: '동의하지 않은 방문자는 매일 새 ID를 받으므로 다음 주에는 알아볼 수 없습니다.',
    nobody: '이 기간에는 방문자가 없습니다.',
    from_raw: '원본 이벤트에서 계산하며, 보관 기간까지만 거슬러 올라갑니다.',
  },
});
