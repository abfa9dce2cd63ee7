/** Events that the tracker sends by itself, beside those that a site's own code sends. Pure. */

const AUTOMATIC: ReadonlySet<string> = new Set([
  'page_view',
  'page_exit',
  'click',
  'scroll',
  'heartbeat',
  'form_submit',
  'web_vital',
  'error',
  'outbound_click',
  'file_download',
  'rage_click',
  'dead_click',
]);

export const isAutomatic = (event: string): boolean => AUTOMATIC.has(event);
