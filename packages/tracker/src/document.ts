/**
 * What the browser says of the document. Markup can shadow properties of `document` by elements and windows: `<iframe name="hidden">`
 * is `document.hidden`, `<form name="title">` is `document.title`.
 * https://html.spec.whatwg.org/multipage/dom.html#dom-document-nameditem-filter
 */
export const readDocument = <
  Name extends 'hidden' | 'title' | 'readyState' | 'referrer' | 'cookie' | 'hasFocus' | 'currentScript',
>(
  name: Name,
  value: unknown = document[name],
): Document[Name] => (typeof value === 'object' ? ofDocument(name) : value) as Document[Name];

/** A property of `document` that neither markup nor a script can put another in the place of. */
export const ofDocument = (name: string): unknown => Reflect.get(Document.prototype, name, document);
