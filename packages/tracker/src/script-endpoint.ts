import { isA } from './element.js';
import { readPath } from './text.js';

/**
 * Where the script's batches are posted. Resolved once: a router changes the page's address. A <base> in the `<head>`, behind the tag, did
 * not hold when the script was asked for. A page without a path of its own, as a frame of `srcdoc`, is no address to start from.
 */
export const readEndpoint = (tag: HTMLScriptElement): URL => {
  const baseUrl = isA(tag, 'head>:not(base~*)') && readPath() ? location.href : tag.baseURI;
  const script = new URL(tag.getAttribute('src') as string, baseUrl);
  return new URL(tag.dataset.endpoint || new URL('api/events', script), baseUrl);
};
