/** One act of a visitor is one click, however many events browser and page make of it. */

let last: MouseEvent | undefined;
let lastPath: readonly Element[] = [];

/**
 * Whether the click is part of the act before: made by the browser for the field of a label that was clicked, or by a handler of the
 * click before. By its time it can't be told: Firefox gives the field's a time after all handlers of the label's. A field that is
 * clicked itself is not where its label was.
 * https://html.spec.whatwg.org/multipage/forms.html#the-label-element
 *
 * @param path what the click goes through
 */
export const isSameAct = (click: MouseEvent, path: readonly Element[]): unknown => {
  // While the click before is still dispatched.
  if (last?.eventPhase) return 1;
  const same =
    click.x === last?.x &&
    path[0] !== lastPath[0] &&
    lastPath.some((element) => (element as HTMLLabelElement).control === path[0]);
  last = click;
  lastPath = path;
  return same;
};
