/** Up and down go from row to row of a table or list, staying in their column. */
export function moveFocus(event: KeyboardEvent & { currentTarget: Element }): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLElement)) return;
  const row = event.target.closest('tr, li');
  const rows = [...event.currentTarget.querySelectorAll(row?.tagName === 'LI' ? 'li' : 'tbody tr')];
  const place = row ? [...row.querySelectorAll('a, button')].indexOf(event.target) : 0;
  const next = rows[rows.indexOf(row as Element) + step]?.querySelectorAll<HTMLElement>('a, button');
  if (!next) return;
  event.preventDefault();
  (next[place] ?? next[0])?.focus();
}
