import { defineMessages } from '../../i18n/define-messages.js';

export const CLICKS = defineMessages({
  en: {
    title: 'Clicks',
    page: 'Page',
    element: 'Element',
    clicks: 'Clicks',
    share: '% of clicks',
    per_view: 'CTR',
    views: 'Page views',
    clicked: 'Clicked elements',
    clicks_per_view: 'Clicks / page view',
    others: (count: string) => `+ ${count} clicks on other elements`,
    no_pages: 'No page views in this period',
    no_clicks: 'No clicks on this page in this period',
    sessions: (target: string) => `Sessions that clicked ${target}`,
  },
  ko: {
    title: '클릭',
    page: '페이지',
    element: '요소',
    clicks: '클릭 수',
    share: '클릭 비율',
    per_view: '클릭률',
    views: '페이지뷰',
    clicked: '클릭한 요소',
    clicks_per_view: '페이지뷰당 클릭',
    others: (count: string) => `그 외 요소 클릭 ${count}회`,
    no_pages: '이 기간에 페이지뷰가 없습니다',
    no_clicks: '이 기간에 이 페이지에서 클릭이 없습니다',
    sessions: (target: string) => `${target} 요소를 클릭한 세션`,
  },
});
