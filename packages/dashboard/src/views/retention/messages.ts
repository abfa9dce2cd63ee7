import { defineMessages } from '../../i18n/define-messages.js';

export const RETENTION = defineMessages({
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
    not_known: 'Not known: raw events do not go back far enough to tell who was new.',
    up_to: (days: string) =>
      `Raw events are kept for ${days} days. Visitors who came before that count as first seen when they came back: numbers with ≤ are upper limits, and weeks with – are not known.`,
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
    not_known: '알 수 없음: 원본 이벤트가 충분히 남아 있지 않아 신규 방문자를 구분할 수 없습니다.',
    up_to: (days: string) =>
      `원본 이벤트는 ${days}일 동안 보관됩니다. 그 전에 방문했던 사람은 다시 온 주에 처음 방문한 것으로 집계되므로, ≤ 표시는 최댓값이며 – 표시는 알 수 없는 주입니다.`,
    from_raw: '원본 이벤트에서 계산하며, 보관 기간까지만 거슬러 올라갑니다.',
  },
});
