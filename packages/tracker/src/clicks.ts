/** What was clicked, through shadow roots and nested elements, without text that a visitor typed. */
import { MAX_ELEMENT_CHARS } from '@liveinsight/schema/limits';
import { toAddress } from './address.js';
import { elementsOf, isA } from './element.js';

const MASKED = '[contenteditable],[data-li-mask]';

/**
 * The fields that describe what an event is about: the captioned element around what was hit, or that itself. SVG's `className` and
 * `href` are objects, so attributes are read instead.
 *
 * @param path what the event goes through: one element at least
 */
export const describeTarget = (path: readonly Element[]) => {
  const captioned = path.find((node) => isA(node, 'a,button,summary,[role=button]'));
  const element = captioned || (path[0] as Element);
  const attribute = (name: string) => element.getAttribute(name)?.slice(0, MAX_ELEMENT_CHARS);
  return {
    element_tag: element.tagName,
    element_id: attribute('id'),
    element_class: attribute('class'),
    element_text:
      captioned && !path.some((node) => isA(node, MASKED)) && !captioned.querySelector(MASKED)
        ? readCaption(captioned)
        : undefined,
    // As the browser resolves it.
    href: toAddress((element as HTMLAnchorElement).href),
  };
};

/** Those of the element that an event is about; none where it is about none, as an event that a script sends to the document. */
export const describeEvent = (event: Event): Partial<ReturnType<typeof describeTarget>> => {
  const path = elementsOf(event);
  return path[0] ? describeTarget(path) : {};
};

/** What is seen of an element's text, without a layout of the page, which `innerText` would need. */
const readCaption = (element: Element) =>
  [...element.querySelectorAll('style,script,[hidden]')]
    .reduce((text, hidden) => text.replace(hidden.textContent, ''), element.textContent)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_ELEMENT_CHARS);
