/** Words of signing in alone. */
import { defineMessages } from '../i18n/define-messages.js';

export const SIGN_IN_MESSAGES = defineMessages({
  en: {
    key_title: 'Sign in',
    key_hint:
      'This collector shows its numbers to those who have a read key. The key stays in this tab and is forgotten with it. `liveinsight dev` prints an address that contains the key.',
    key_wrong: 'Invalid key',
    key: 'Read key',
    key_use: 'Sign in',
  },
  ko: {
    key_title: '로그인',
    key_hint:
      '이 수집기는 읽기 키가 있는 사람에게만 수치를 보여 줍니다. 키는 이 탭에만 보관되며 탭을 닫으면 사라집니다. `liveinsight dev`는 키가 담긴 주소를 출력합니다.',
    key_wrong: '유효하지 않은 키입니다',
    key: '읽기 키',
    key_use: '로그인',
  },
});
