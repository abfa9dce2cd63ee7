/**
 * Whether `node`, which may be a window, a document or a shadow root too, is an element that `selector` selects. A form's own `matches`
 * may be a field of that name.
 * https://html.spec.whatwg.org/multipage/forms.html#dom-form-nameditem
 */
export const isA = (node: unknown, selector: string): node is Element =>
  node instanceof Element && Element.prototype.matches.call(node, selector);
