/** Words of the map. */
import { defineMessages } from './define-messages.js';

export const MAP_MESSAGES = defineMessages({
  en: {
    tab: 'Map',
    map: 'Sessions by country',
    country: (country: string, sessions: string, share: string) =>
      `${country}: ${sessions} sessions, ${share}`,
    elsewhere: (sessions: string) => `+ ${sessions} from unknown places`,
  },
  ko: {
    tab: '지도',
    map: '국가별 세션',
    country: (country: string, sessions: string, share: string) => `${country}: 세션 ${sessions}개, ${share}`,
    elsewhere: (sessions: string) => `+ 위치를 알 수 없는 세션 ${sessions}개`,
  },
});
