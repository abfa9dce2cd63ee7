import { defineMessages } from '../../i18n/define-messages.js';

export const CLICKS = defineMessages({
  en: {
    title: 'Click map',
    page: 'Page',
    element: 'Element',
    clicks: 'Clicks',
    share: 'Of the page’s clicks',
    per_view: 'Per view',
    views: 'Views',
    clicked: 'What is clicked',
    clicks_per_view: 'Clicks per view',
    others: (count: string) => `and ${count} clicks on other elements`,
    no_pages: 'No page was viewed in this range.',
    no_clicks: 'Nothing was clicked on this page in this range.',
    sessions: (target: string) => `Sessions that clicked ${target}`,
  },
  ko: {
    title: '클릭 맵',
    page: '페이지',
    element: '요소',
    clicks: '클릭',
    share: '페이지 클릭 중 비율',
    per_view: '조회당',
    views: '조회',
    clicked: '클릭한 요소',
    clicks_per_view: '조회당 클릭',
    others: (count: string) => `그 외 요소 클릭 ${count}건`,
    no_pages: '이 기간에 조회된 페이지가 없습니다.',
    no_clicks: '이 기간에 이 페이지에서 클릭이 없습니다.',
    sessions: (target: string) => `${target} 요소를 클릭한 세션`,
  },
});
