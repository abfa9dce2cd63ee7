/** Texts as cells of a CSV file (RFC 4180) that spreadsheets take as texts. Pure. */

/** A spreadsheet would run what begins so as a formula, and visitors choose what these texts are. Some fold widths first. */
const FORMULA = /[=+\-@＝＋－＠]/;
/** Not seen, and left out by some before they look for a formula. */
const BLANK = /[\s\p{Cc}\p{Cf}]/u;
/** Where another cell begins for a spreadsheet that takes semicolons or tabs as separators, whatever quotes say. */
const SEPARATOR = /[;\t\r\n]/;
const SPECIAL = /[",\r\n]/;

export function toCsvText(value: string): string {
  const text = withoutFormulas(value);
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With an apostrophe before each formula: a spreadsheet then takes the cell as text. */
function withoutFormulas(text: string): string {
  if (!FORMULA.test(text)) return text;
  let safe = '';
  let isStart = true;
  for (const char of text) {
    if (isStart && FORMULA.test(char)) safe += "'";
    isStart = SEPARATOR.test(char) || (isStart && BLANK.test(char));
    safe += char;
  }
  return safe;
}
