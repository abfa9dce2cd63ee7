/** What was clicked, through shadow roots and nested elements, without text that a visitor typed. */
import { MAX_ELEMENT_CHARS, MAX_URL_CHARS } from '@liveinsight/schema/limits';

/** Elements whose text is a caption. */
const CAPTIONED = 'a,button,summary,[role=button]';
const MASKED = '[contenteditable],[data-li-mask]';

/** Keyboard activation is a click too: browsers fire one on the focused element. */
export const watchClicks = (onClick: (element: Element) => void): void => {
  addEventListener(
    'click',
    (event) => {
      const path = event.composedPath().filter((node) => node instanceof Element);
      const element = path.find((node) => node.matches(`${CAPTIONED},[data-li-event]`)) || path[0];
      if (element) onClick(element);
    },
    true,
  );
};

/** The fields that describe an element. SVG's `className` and `href` are objects, so attributes are read instead. */
export const describeElement = (element: Element) => {
  const attribute = (name: string, most = MAX_ELEMENT_CHARS) =>
    element.getAttribute(name)?.slice(0, most) || undefined;
  return {
    element_tag: element.tagName,
    element_id: attribute('id'),
    element_class: attribute('class'),
    element_text:
      !element.matches(CAPTIONED) || element.closest(MASKED) || element.querySelector(MASKED)
        ? undefined
        : element.textContent?.trim().slice(0, MAX_ELEMENT_CHARS),
    href: attribute('href', MAX_URL_CHARS),
  };
};
