import { defineMessages } from '../../i18n/define-messages.js';

export const SEGMENTS = defineMessages({
  en: {
    title: 'Segments',
    saved: 'Saved segments',
    rename: (name: string) => `Rename: ${name}`,
    remove: (name: string) => `Delete segment: ${name}`,
    name: 'Name of the segment',
    view: 'View in Overview',
    compare: 'Compare segments',
    first: 'Segment',
    second: 'Compared to',
    all: 'All sessions',
    difference: 'Difference',
    metric: 'Metric',
    none_title: 'No segments yet',
    none_text:
      'A segment is a set of filters with a name, such as buyers from a campaign. Set filters in any view and save them with the bookmark beside them.',
  },
  ko: {
    title: '세그먼트',
    saved: '저장된 세그먼트',
    rename: (name: string) => `이름 변경: ${name}`,
    remove: (name: string) => `세그먼트 삭제: ${name}`,
    name: '세그먼트 이름',
    view: '개요에서 보기',
    compare: '세그먼트 비교',
    first: '세그먼트',
    second: '비교 대상',
    all: '전체 세션',
    difference: '차이',
    metric: '지표',
    none_title: '아직 세그먼트가 없습니다',
    none_text:
      '세그먼트는 캠페인으로 온 구매자처럼 이름을 붙인 필터 모음입니다. 어느 화면에서나 필터를 설정하고 옆의 책갈피로 저장하세요.',
  },
});
