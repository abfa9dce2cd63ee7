/**
 * Whether `selector` selects the element. A form's own `matches` may be a field of that name.
 * https://html.spec.whatwg.org/multipage/forms.html#dom-form-nameditem
 */
export const isA = (element: Element, selector: string): boolean =>
  Element.prototype.matches.call(element, selector);

/** What an event goes through, from the inside out, without the document, the window and shadow roots. */
export const elementsOf = (event: Event): Element[] =>
  event.composedPath().filter((node) => node instanceof Element);
