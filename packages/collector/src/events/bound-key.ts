/** Cuts a value that becomes a key of the numbers to the length that a key may have. Pure; cutting twice changes nothing. */
import { MAX_KEY_CHARS } from '../budgets.js';

/** What a cut value ends with. In a path it is escaped, so that parsing the path again changes nothing. */
const ELLIPSIS = '…';
const ENCODED_ELLIPSIS = encodeURIComponent(ELLIPSIS);
/** A letter has at most four escapes of three characters; a cut can leave all but one character of them. */
const MAX_BROKEN_CHARS = 11;

/** The value itself if it is short enough for a key, else its beginning and a mark that it goes on. */
export const boundKey = (value: string): string => cutText(value, MAX_KEY_CHARS);

/** The text itself if it is short enough, else its beginning and a mark that it goes on. */
export function cutText(value: string, maxChars: number): string {
  if (value.length <= maxChars) return value;
  const ellipsis = value.startsWith('/') ? ENCODED_ELLIPSIS : ELLIPSIS;
  return withoutBrokenLetter(value.slice(0, maxChars - ellipsis.length)) + ellipsis;
}

/** Whether `boundKey` has cut it. */
export const isCut = (key: string): boolean =>
  key.length >= MAX_KEY_CHARS - MAX_BROKEN_CHARS &&
  (key.endsWith(ELLIPSIS) || key.endsWith(ENCODED_ELLIPSIS));

/** Without a last letter that the cut went through: half of a surrogate pair, or a part of its percent escapes. */
function withoutBrokenLetter(text: string): string {
  let end = text.length;
  const percent = text.lastIndexOf('%');
  if (percent > end - 3) end = percent;
  let start = end;
  while (end - start < 9 && isBetween(escapedByte(text, start - 3), 0x80, 0xbf)) start -= 3;
  const leadByte = escapedByte(text, start - 3);
  const letterBytes = leadByte >= 0xf0 ? 4 : leadByte >= 0xe0 ? 3 : 2;
  if (isBetween(leadByte, 0xc0, 0xff) && end - start < (letterBytes - 1) * 3) end = start - 3;
  else if (isBetween(text.charCodeAt(end - 1), 0xd800, 0xdbff)) end -= 1;
  return text.slice(0, end);
}

/** The byte that is escaped there; NaN if none is. */
const escapedByte = (text: string, index: number): number =>
  text[index] === '%' ? Number.parseInt(text.slice(index + 1, index + 3), 16) : Number.NaN;

const isBetween = (value: number, first: number, last: number): boolean => value >= first && value <= last;
