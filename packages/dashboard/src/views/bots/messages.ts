import { defineMessages } from '../../i18n/define-messages.js';

export const BOTS = defineMessages({
  en: {
    title: 'AI & bots',
    assistants: 'People sent by AI assistants',
    assistants_means:
      'Sessions of people who came from the answer of an AI assistant, such as ChatGPT or Perplexity.',
    assistant: 'Assistant',
    share: 'Share of sessions',
    share_means: 'Of all sessions of people in this period.',
    rate: 'Conversion rate',
    rate_means: 'Sessions of these people with a conversion.',
    crawlers: 'AI crawlers',
    crawlers_means:
      'Page views by bots. They are in no other number, unless the collector is set to count bots.',
    all_bots: 'All bots',
    ai_only: 'AI crawlers',
    which: 'Which bots',
    views: 'Page views',
    none_assistants: 'No visits from AI assistants in this period',
    none_bots_title: 'No bots in this period',
    none_bots_text:
      'Bots that run scripts are recognized by themselves. Most AI crawlers run none: they are seen where your server reports page views, with the request’s user agent.',
  },
  ko: {
    title: 'AI·봇',
    assistants: 'AI 어시스턴트를 통한 방문',
    assistants_means: 'ChatGPT, Perplexity 등 AI 어시스턴트의 답변을 보고 들어온 방문자의 세션입니다.',
    assistant: '어시스턴트',
    share: '세션 비율',
    share_means: '이 기간의 전체 세션(봇 제외)에서 차지하는 비율입니다.',
    rate: '전환율',
    rate_means: '이 세션 중 전환이 발생한 세션의 비율입니다.',
    crawlers: 'AI 크롤러',
    crawlers_means:
      '봇의 페이지뷰입니다. 수집기가 봇을 집계하도록 설정되지 않았다면 다른 수치에는 포함되지 않습니다.',
    all_bots: '모든 봇',
    ai_only: 'AI 크롤러',
    which: '봇 범위',
    views: '페이지뷰',
    none_assistants: '이 기간에 AI 어시스턴트를 통한 방문이 없습니다',
    none_bots_title: '이 기간에 봇이 없습니다',
    none_bots_text:
      '스크립트를 실행하는 봇은 자동으로 식별됩니다. 대부분의 AI 크롤러는 스크립트를 실행하지 않으므로, 서버가 요청의 사용자 에이전트와 함께 페이지뷰를 보내야 보입니다.',
  },
});

/** What bots do, by the words of the API. */
export const BOT_CATEGORIES = defineMessages({
  en: {
    crawler: 'Search crawler',
    ai_crawler: 'AI crawler',
    preview: 'Link preview',
    monitor: 'Monitor',
    program: 'Program',
  },
  ko: {
    crawler: '검색 크롤러',
    ai_crawler: 'AI 크롤러',
    preview: '링크 미리보기',
    monitor: '모니터링',
    program: '프로그램',
  },
});
