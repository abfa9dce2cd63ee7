/** What an answer says of itself that is cut or approximate, by its code. Pure. */
import type { CodedNote, NoteCode } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import type { Language } from './define-messages.js';

/** Values of a note, as text in the reader's language. */
interface NoteValues {
  at: string;
  count: string;
  limit: string;
  first: string;
  last: string;
  timezone: string;
}

type NoteMessages = Record<NoteCode, (values: NoteValues) => string>;

const ko: NoteMessages = {
  raw_events_expired: ({ at }) =>
    `원본 이벤트의 보관 기간이 지나 ${at}부터 도착한 데이터만 포함되어 있습니다.`,
  raw_events_cut: ({ at }) =>
    `한 번에 읽기에는 데이터가 너무 많아 ${at}부터 도착한 데이터만 포함되어 있습니다.`,
  five_minute_totals: () =>
    '이 기간의 일부는 5분 합계만 남아 있어 방문자와 매출을 알 수 없고, 표에도 포함되지 않습니다.',
  hours_of_site: ({ at, timezone }) => `${at} 이전에 도착한 데이터의 요일별 시간은 ${timezone} 기준입니다.`,
  hours_unreadable: ({ at, count }) =>
    `${at}부터 ${count}시간의 수치를 읽을 수 없어 빠져 있습니다. liveinsight doctor를 실행하세요.`,
  values_as_other: ({ count }) => `서로 다른 값이 너무 많아 ${count}개 행이 “기타”로 집계되었습니다.`,
  names_truncated: ({ count }) => `긴 이름이 ${count}번 잘렸습니다.`,
  currencies_dropped: ({ count }) => `알 수 없는 통화의 금액 ${count}건은 매출에 포함되지 않습니다.`,
  batches_undecodable: ({ count }) =>
    `저장된 배치 ${count}개를 읽을 수 없어 집계되지 않았습니다. liveinsight doctor를 실행하세요.`,
  page_ended_early: () => '다음 페이지에 더 있을 수 있습니다.',
  order_of_part: ({ at, count }) =>
    `세션이 너무 많아 한 번에 정렬할 수 없습니다. ${at} 이후에 활동한 세션 ${count}개만 정렬했으며, 나머지는 다른 페이지에 따로 정렬되어 있습니다.`,
  session_cut: ({ limit }) => `더 긴 세션입니다. 최신 배치 ${limit}개만 표시합니다.`,
  timeline_part: ({ first, last, count }) => `이벤트 ${count}개 중 ${first}~${last}번째.`,
  weeks_cut: ({ at }) => `한 번에 읽기에는 데이터가 너무 많아 ${at}의 주부터 표시합니다.`,
  weeks_expired: ({ at }) => `원본 이벤트의 보관 기간이 지나 ${at}의 주부터 표시합니다.`,
};

/** In English as the API says it, which knows more codes than this where it is newer. */
const TRANSLATED: Partial<Record<Language, Partial<NoteMessages>>> = { ko };

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]{8,12}Z/g;

/** @param message what the API says */
export function describeNote(note: CodedNote, message: string, language: Language, format: Format): string {
  const { code, at, timezone = '' } = note;
  const number = (value = 0) => format.number(value);
  return (
    TRANSLATED[language]?.[code]?.({
      at: at === undefined ? '' : format.moment(at),
      count: number(note.count),
      limit: number(note.limit),
      first: number(note.first),
      last: number(note.last),
      timezone,
    }) ?? message.replace(INSTANT, format.moment)
  );
}
