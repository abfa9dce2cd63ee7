/** Why events were not taken, in words. Pure. */
import type { Rejection, RejectionCode } from '@liveinsight/schema';
import type { Language } from '../../i18n/languages.js';

const ko: Record<RejectionCode, string> = {
  invalid_json: 'JSON이 아님',
  invalid_body: '본문이 올바르지 않음',
  body_too_large: '본문이 너무 큼',
  invalid_encoding: '지원하지 않는 인코딩',
  too_many_events: '배치의 이벤트가 너무 많음',
  missing_field: '필수 필드 없음',
  invalid_value: '값이 올바르지 않음',
  unknown_event_type: '알 수 없는 이벤트 유형',
  unknown_site: '알 수 없는 사이트',
  origin_not_allowed: '허용되지 않은 출처',
  event_too_old: '너무 오래된 이벤트',
  batch_name_reused: '이미 사용된 배치 또는 이벤트 이름',
  day_expired: '보관 기간이 지난 날짜',
  invalid_parameter: '매개변수가 올바르지 않음',
  rate_limited: '한 세션의 이벤트가 너무 많음',
  dropped: '제외되거나 버려짐',
  excluded: '제외됨',
};

/** In English as the collector told the sender. */
export function describeRejection({ code, path, message }: Rejection, language: Language): string {
  if (language === 'ko') return path === '' ? ko[code] : `${ko[code]}: ${path}`;
  if (code !== 'dropped') return message || `${code}: ${path}`;
  return path === 'field' ? 'fields left out or cut' : `given up by the sender: ${path}`;
}
