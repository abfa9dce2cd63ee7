/** What was clicked, through shadow roots and nested elements, without text that a visitor typed. */
import { MAX_ELEMENT_CHARS, MAX_URL_CHARS } from '@liveinsight/schema/limits';
import { cut } from './text.js';

/** Elements whose text is a caption. */
const CAPTIONED = 'a,button,summary,[role=button]';
const MASKED = '[contenteditable],[data-li-mask]';

/** Keyboard activation is a click too: browsers fire one on the focused element. */
export const watchClicks = (onClick: (element: Element) => void): void => {
  addEventListener(
    'click',
    (event) => {
      const path = event.composedPath() as Element[];
      onClick(path.find((node) => node.matches?.(CAPTIONED)) || (path[0] as Element));
    },
    true,
  );
};

/** The fields that describe an element. SVG's `className` and `href` are objects, so attributes are read instead. */
export const describeElement = (element: Element) => ({
  element_tag: element.tagName,
  element_id: cut(element.id, MAX_ELEMENT_CHARS),
  element_class: cut(element.getAttribute('class'), MAX_ELEMENT_CHARS),
  element_text:
    element.matches(CAPTIONED) && !element.closest(MASKED) && !element.querySelector(MASKED)
      ? cut(element.textContent.trim(), MAX_ELEMENT_CHARS)
      : undefined,
  href: cut(element.getAttribute('href'), MAX_URL_CHARS),
});
