/** What was clicked, through shadow roots and nested elements, without text that a visitor typed. */
import { MAX_ELEMENT_CHARS } from '@liveinsight/schema/limits';
import { cut } from './text.js';

/** Elements whose text is a caption. */
const CAPTIONED = 'a,button,summary,[role=button]';
const MASKED = '[contenteditable],[data-li-mask]';

/**
 * The fields that describe what an event is about: the captioned element around what was hit, or that itself. SVG's `className` and
 * `href` are objects, so attributes are read instead.
 */
export const describeTarget = (event: Event) => {
  const path = event.composedPath() as [Element];
  const element = path.find((node) => node.matches?.(CAPTIONED)) || path[0];
  const attribute = (name: string) => cut(element.getAttribute(name), MAX_ELEMENT_CHARS);
  return {
    element_tag: element.tagName,
    element_id: attribute('id'),
    element_class: attribute('class'),
    element_text:
      element.matches(CAPTIONED) && !element.closest(MASKED) && !element.querySelector(MASKED)
        ? cut(element.textContent.trim(), MAX_ELEMENT_CHARS)
        : undefined,
    href: attribute('href'),
  };
};
