import { defineMessages } from '../../i18n/define-messages.js';

export const RETENTION = defineMessages({
  en: {
    title: 'Retention',
    weeks: 'Weeks',
    of_weeks: (weeks: string) => `${weeks} weeks`,
    first_seen: 'Cohort (first visit)',
    visitors: 'Visitors',
    week: (number: string) => `Week ${number}`,
    week_hint: (share: string, count: string, number: string) =>
      `${share} (${count}) returned in week ${number}`,
    all: 'All cohorts',
    came_back: 'Returning visitors',
    came_back_hint: 'Share of each cohort that returned, by weeks since the first visit.',
    under_way: 'Incomplete week',
    no_consent: 'Visitors without consent get a new id every day and never count as returning.',
    no_visitors: 'No visitors in this period',
    not_known: 'Unknown: raw events do not reach back far enough to tell new visitors.',
    up_to: (days: string) =>
      `Raw events have a ${days}-day retention. Earlier visitors count as new when they return: ≤ marks upper limits, – unknown weeks.`,
    from_raw: 'Based on raw events, limited by their retention.',
  },
  ko: {
    title: '리텐션',
    weeks: '주',
    of_weeks: (weeks: string) => `${weeks}주`,
    first_seen: '코호트(첫 방문)',
    visitors: '방문자',
    week: (number: string) => `${number}주차`,
    week_hint: (share: string, count: string, number: string) => `${number}주차 ${share} (${count}명) 재방문`,
    all: '전체',
    came_back: '재방문자',
    came_back_hint: '코호트별로 첫 방문 후 몇 주 뒤에 다시 방문한 비율입니다.',
    under_way: '아직 끝나지 않은 주',
    no_consent: '동의하지 않은 방문자는 매일 새 ID를 받으므로 재방문으로 집계되지 않습니다.',
    no_visitors: '이 기간에는 방문자가 없습니다',
    not_known: '알 수 없음: 원본 이벤트가 충분히 남아 있지 않아 신규 방문자를 구분할 수 없습니다.',
    up_to: (days: string) =>
      `원본 이벤트는 ${days}일 동안 보관됩니다. 그 전에 방문했던 사람은 다시 온 주에 처음 방문한 것으로 집계되므로, ≤ 표시는 최댓값이며 – 표시는 알 수 없는 주입니다.`,
    from_raw: '원본 이벤트를 기준으로 하며, 보관 기간까지만 계산합니다.',
  },
});
