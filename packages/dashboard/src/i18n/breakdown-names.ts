/** What numbers are broken down and filtered by, in words. */
import type { Breakdown } from '@liveinsight/schema';
import type { FilterField, FurtherField } from '../series/filter-field.js';
import { defineMessages } from './define-messages.js';
import type { Language } from './languages.js';

const en: Record<Breakdown, string> = {
  page: 'Page',
  entry_page: 'Landing page',
  exit_page: 'Exit page',
  source: 'Source',
  referrer: 'Referrer',
  channel: 'Channel',
  utm_source: 'UTM source',
  utm_medium: 'UTM medium',
  utm_campaign: 'Campaign',
  utm_term: 'UTM term',
  utm_content: 'UTM content',
  click_id: 'Click ID',
  country: 'Country',
  region: 'Region',
  city: 'City',
  language: 'Language',
  device: 'Device type',
  browser: 'Browser',
  os: 'OS',
  screen: 'Screen size',
  release: 'Release',
  visitor_type: 'New or returning',
  bot: 'Bot',
  bot_operator: 'Bot operator',
  bot_category: 'Bot category',
  bot_reason: 'Why a bot',
  event_name: 'Event name',
  click_target: 'Clicked element',
  conversion_type: 'Conversion type',
  hour_of_week: 'Day and hour',
};

export const BREAKDOWN_NAMES = defineMessages({
  en,
  ko: {
    page: '페이지',
    entry_page: '랜딩 페이지',
    exit_page: '종료 페이지',
    source: '소스',
    referrer: '리퍼러',
    channel: '채널',
    utm_source: 'UTM 소스',
    utm_medium: 'UTM 매체',
    utm_campaign: '캠페인',
    utm_term: 'UTM 검색어',
    utm_content: 'UTM 콘텐츠',
    click_id: '클릭 ID',
    country: '국가',
    region: '시/도',
    city: '도시',
    language: '언어',
    device: '기기 유형',
    browser: '브라우저',
    os: '운영체제',
    screen: '화면 크기',
    release: '릴리스',
    visitor_type: '신규 또는 재방문',
    bot: '봇',
    bot_operator: '봇 운영자',
    bot_category: '봇 분류',
    bot_reason: '봇 판정 이유',
    event_name: '이벤트 이름',
    click_target: '클릭한 요소',
    conversion_type: '전환 유형',
    hour_of_week: '요일과 시간',
  },
});

/** Fields that sessions are filtered by, besides breakdowns. */
const further: Record<FurtherField, string> = {
  hostname: 'Host',
  title: 'Page title',
  page_group: 'Page group',
  reached: 'Goal',
  segment: 'Segment',
};

const FIELD_NAMES = defineMessages({
  en: further,
  ko: {
    hostname: '호스트',
    title: '페이지 제목',
    page_group: '페이지 그룹',
    reached: '목표',
    segment: '세그먼트',
  },
});

const PROPERTY = 'prop:';

/** Of a property its own name, as the site's events have it. */
export const fieldName = (field: FilterField, language: Language): string => {
  const names: Readonly<Record<string, string>> = { ...BREAKDOWN_NAMES[language], ...FIELD_NAMES[language] };
  return field.startsWith(PROPERTY) ? field.slice(PROPERTY.length) : (names[field] ?? field);
};
