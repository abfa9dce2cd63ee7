/** Which mark of `marks.svg` stands for a value of a dimension. Pure. */
import { MARKS } from './marks.js';

export interface Mark {
  /** Its place in the sheet. */
  at: number;
  /** The brand's, where it is visible by day and by night. */
  color: string | undefined;
}

const places = new Map<string, Mark>(
  MARKS.split(' ').map((entry, at) => {
    const [name = '', color] = entry.split('#');
    return [name, { at, color: color && `#${color}` }];
  }),
);

/** Values that are written otherwise than their marks. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  (
    'chrome:googlechrome chromeos:googlechrome firefox:firefoxbrowser firefoxfocus:firefoxbrowser microsoftedge:edge ' +
    'operagx:opera operamini:opera operatouch:opera macos:apple ios:apple tvos:apple playstation4:playstation ' +
    'playstation5:playstation windowsphone:windows hackernews:ycombinator gemini:googlegemini mistral:mistralai ' +
    'weibo:sinaweibo proton_mail:protonmail twitter:x newsletter:email (direct):direct kakao:kakaotalk googleapp:google'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

export function markOf(name: string): Mark | undefined {
  const key = name.toLowerCase().replaceAll(' ', '');
  return places.get(ALIASES.get(key) ?? key);
}
