/** Words of the settings alone. */
import { defineMessages } from '../i18n/define-messages.js';

export const SETTINGS_MESSAGES = defineMessages({
  en: {
    wall: 'Wall mode',
    wall_hint: 'Shows the main views in turn. Press any key to end.',
    language: 'Language',
    colours: 'Theme',
    auto: 'System',
    light: 'Light',
    dark: 'Dark',
    forget_key: 'Sign out',
  },
  ko: {
    wall: '전광판 모드',
    wall_hint: '주요 화면을 차례로 보여 줍니다. 아무 키나 누르면 끝납니다.',
    language: '언어',
    colours: '테마',
    auto: '시스템',
    light: '라이트',
    dark: '다크',
    forget_key: '로그아웃',
  },
});
