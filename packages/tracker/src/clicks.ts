/** What was clicked, through shadow roots and nested elements, without text that a visitor typed. */
import { MAX_ELEMENT_CHARS } from '@liveinsight/schema/limits';
import { toAddress } from './address.js';
import { isA } from './element.js';
import { cut } from './text.js';

/** Elements whose text is a caption. */
const CAPTIONED = 'a,button,summary,[role=button]';
const MASKED = '[contenteditable],[data-li-mask]';

/**
 * The fields that describe what an event is about: the captioned element around what was hit, or that itself. SVG's `className` and
 * `href` are objects, so attributes are read instead. Nothing where it is about no element, as an event that a script sends to the
 * document.
 *
 * @param path what the event goes through
 */
export const describeTarget = (path: readonly Element[]) => {
  const element = path.find((node) => isA(node, CAPTIONED)) || path[0];
  if (!element) return;
  const attribute = (name: string) => cut(element.getAttribute(name), MAX_ELEMENT_CHARS);
  return {
    element_tag: element.tagName,
    element_id: attribute('id'),
    element_class: attribute('class'),
    element_text:
      isA(element, CAPTIONED) && !path.some((node) => isA(node, MASKED)) && !element.querySelector(MASKED)
        ? cut(readCaption(element), MAX_ELEMENT_CHARS)
        : undefined,
    // As the browser resolves it.
    href: toAddress((element as HTMLAnchorElement).href),
  };
};

/** What is seen of an element's text, without a layout of the page, which `innerText` would need. */
const readCaption = (element: Element) =>
  [...element.querySelectorAll('style,script,[hidden]')]
    .reduce((text, hidden) => text.replace(hidden.textContent, ''), element.textContent)
    .replace(/\s+/g, ' ')
    .trim();
