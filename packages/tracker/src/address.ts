/**
 * What is recorded of an address: origin and path. Queries, fragments and credentials can hold tokens; `mailto:`, `tel:`, `file:`,
 * `blob:` and `javascript:` name persons, folders or nothing. An app that led here is named by `android-app:`. Longer ones than the wire takes are cut.
 */
export const toAddress = (url: unknown): string | undefined =>
  /^(https?|android-app):\/\/[^?#]{1,2000}/.exec(url as string)?.[0].replace(/\/\/[^/]*@/, '//');
