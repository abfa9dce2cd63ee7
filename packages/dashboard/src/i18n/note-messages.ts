/** Notes of a response that is incomplete or approximate, by code, in the viewer's language. Pure. */
import type { CodedNote, NoteCode } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import type { Language } from './languages.js';

/** Values of a note, as text in the viewer's language. */
interface NoteValues {
  at: string;
  count: string;
  limit: string;
  first: string;
  last: string;
  timezone: string;
  /** For how long the site's raw events are stored. */
  days: string;
}

type NoteMessages = Record<NoteCode, (values: NoteValues) => string>;

const NOTES: Record<Language, NoteMessages> = {
  en: {
    raw_events_expired: ({ at, days }) => `Data available from ${at} (${days}-day retention)`,
    raw_events_cut: ({ at }) => `Too much data for one request: only data since ${at} is included`,
    five_minute_totals: () =>
      'Raw data for part of this period has expired: visitors and revenue are unknown there, and breakdowns are incomplete',
    hours_of_site: ({ at, timezone }) => `Before ${at}, day and hour are in the ${timezone} time zone`,
    hours_unreadable: ({ at, count }) =>
      `${count} hours from ${at} cannot be read and are missing. Run liveinsight doctor.`,
    values_as_other: ({ count }) => `Too many distinct values: ${count} rows are counted as “Other”`,
    names_truncated: ({ count }) => `Long names were truncated ${count} times`,
    currencies_dropped: ({ count }) => `Revenue excludes ${count} amounts in unknown currencies`,
    batches_undecodable: ({ count }) =>
      `${count} stored batches cannot be read and are not counted. Run liveinsight doctor.`,
    import_pending: ({ at }) =>
      `Data imported from ${at} is still being counted: numbers may not add up for a few minutes`,
    properties_dropped: ({ count }) => `${count} values of properties are not counted: there are too many`,
    rows_estimated: ({ count }) => `Visitors and sessions of rows are estimates, from 1 in ${count} visitors`,
    sampled: ({ count }) => `Estimates from a sample of ${count} visitors`,
    sample_too_small: ({ count }) => `Too few visitors in the sample: ${count}`,
    users_apart: () =>
      'In a sample each browser counts as a person: sessions of the same user in another browser get no credit',
    percentiles_estimated: ({ count }) => `Percentiles are estimates, from a sample of ${count} numbers`,
    newest_later: ({ at }) => `Very busy: data since ${at} is still being added`,
    page_ended_early: () => 'The next page may have more',
    order_of_part: ({ at, count }) =>
      `Too many sessions to sort: only the ${count} active since ${at} are in order`,
    compared_incomplete: () => 'Not all of the compared period is known',
    compared_rows_cut: () => 'Rows of the compared period alone are missing',
    ids_searched_from: ({ at }) =>
      `Parts of session and user IDs are searched from ${at}: enter the whole ID to find older sessions`,
    session_cut: ({ limit }) => `Long session: showing the newest ${limit} batches`,
    timeline_part: ({ first, last, count }) => `Events ${first}–${last} of ${count}`,
    weeks_cut: ({ at }) => `Too much data for one request: showing weeks from ${at}`,
    weeks_expired: ({ at, days }) => `Data available from ${at} (${days}-day retention)`,
  },
  ko: {
    raw_events_expired: ({ at, days }) => `${at}부터의 데이터만 있습니다(보관 기간 ${days}일)`,
    raw_events_cut: ({ at }) => `데이터가 너무 많아 ${at}부터의 데이터만 포함되어 있습니다`,
    five_minute_totals: () =>
      '이 기간 일부의 원본 데이터가 만료되어 방문자와 매출을 알 수 없으며, 표에도 포함되지 않습니다',
    hours_of_site: ({ at, timezone }) => `${at} 이전의 요일과 시간은 ${timezone} 시간대 기준입니다`,
    hours_unreadable: ({ at, count }) =>
      `${at}부터 ${count}시간의 데이터를 읽을 수 없어 제외되었습니다. liveinsight doctor를 실행하세요.`,
    values_as_other: ({ count }) => `서로 다른 값이 너무 많아 ${count}개 행이 “기타”로 집계되었습니다`,
    names_truncated: ({ count }) => `긴 이름이 ${count}번 잘렸습니다`,
    currencies_dropped: ({ count }) => `알 수 없는 통화의 금액 ${count}건은 매출에서 제외되었습니다`,
    batches_undecodable: ({ count }) =>
      `저장된 배치 ${count}개를 읽을 수 없어 집계되지 않았습니다. liveinsight doctor를 실행하세요.`,
    import_pending: ({ at }) =>
      `${at}부터 가져온 데이터를 아직 집계하는 중이라 몇 분 동안 숫자가 서로 맞지 않을 수 있습니다`,
    properties_dropped: ({ count }) => `속성이 너무 많아 값 ${count}개가 집계되지 않았습니다`,
    rows_estimated: ({ count }) => `행의 방문자와 세션은 방문자 ${count}명 중 1명을 바탕으로 한 추정치입니다`,
    sampled: ({ count }) => `방문자 ${count}명의 표본을 바탕으로 한 추정치입니다`,
    sample_too_small: ({ count }) => `표본의 방문자가 너무 적습니다: ${count}명`,
    users_apart: () =>
      '표본에서는 브라우저마다 다른 사람으로 간주하므로, 같은 사용자가 다른 브라우저에서 연 세션에는 기여도가 배정되지 않습니다',
    percentiles_estimated: ({ count }) => `백분위수는 숫자 ${count}개의 표본을 바탕으로 한 추정치입니다`,
    newest_later: ({ at }) => `트래픽이 많아 ${at} 이후의 데이터는 아직 추가되는 중입니다`,
    page_ended_early: () => '다음 페이지에 더 있을 수 있습니다',
    order_of_part: ({ at, count }) => `세션이 너무 많아 ${at} 이후에 활동한 세션 ${count}개만 정렬했습니다`,
    compared_incomplete: () => '비교 기간의 데이터가 일부 없습니다',
    compared_rows_cut: () => '비교 기간에만 있는 행은 빠져 있습니다',
    ids_searched_from: ({ at }) =>
      `세션 ID와 사용자 ID의 일부는 ${at}부터만 검색합니다. 이전 세션을 찾으려면 전체 ID를 입력하세요.`,
    session_cut: ({ limit }) => `긴 세션이므로 최신 배치 ${limit}개만 표시합니다`,
    timeline_part: ({ first, last, count }) => `이벤트 ${count}개 중 ${first}~${last}번째`,
    weeks_cut: ({ at }) => `데이터가 너무 많아 ${at}의 주부터 표시합니다`,
    weeks_expired: ({ at, days }) => `${at}부터의 데이터만 있습니다(보관 기간 ${days}일)`,
  },
};

/** Codes that keep the time of day: what they say is exact to the hour. */
const HOURLY: ReadonlySet<NoteCode> = new Set<NoteCode>([
  'hours_of_site',
  'hours_unreadable',
  'raw_events_cut',
  'order_of_part',
  'ids_searched_from',
]);

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]{8,12}Z/g;

/**
 * @param message the API's own, for a code that this page does not know yet
 * @param days for how long the site's raw events are stored
 */
export function describeNote(
  note: CodedNote,
  message: string,
  days: number,
  language: Language,
  format: Format,
): string {
  const { code, at, timezone = '' } = note;
  const number = (value = 0) => format.number(value);
  const known: Partial<NoteMessages> = NOTES[language];
  return (
    known[code]?.({
      at: at === undefined ? '' : HOURLY.has(code) ? format.moment(at) : format.date(at),
      count: number(note.count),
      limit: number(note.limit),
      first: number(note.first),
      last: number(note.last),
      timezone,
      days: number(days),
    }) ?? message.replace(INSTANT, format.moment)
  );
}
