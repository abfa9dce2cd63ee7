/**
 * What is recorded of an address: origin and path. Queries, fragments and credentials can hold tokens; `mailto:`, `tel:`, `file:`,
 * `blob:` and `javascript:` name persons, folders or nothing. An app that led here is named by `android-app:`.
 */
export const toAddress = (url: unknown): string | undefined =>
  /^(https?|android-app):\/\/[^?#]+/.exec(url as string)?.[0].replace(/\/\/[^/]*@/, '//');
