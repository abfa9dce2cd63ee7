/** Links that lead out of the site, and files, whatever opens them: also image maps, drawings and the middle button. */
import { toAddress } from './address.js';
import type { On, Report } from './capture.js';
import { elementsOf, isA } from './element.js';

const FILE = /\.(pdf|zip|gz|tar|7z|rar|dmg|exe|msi|deb|rpm|apk|docx?|xlsx?|pptx?|csv|mp3|mp4|mov|epub|iso)$/i;

export const watchLinks = (on: On, report: Report, outbound: boolean, downloads: boolean): void => {
  const track = (event: Event) => {
    const link = elementsOf(event).find((element) => isA(element, 'a[href],area[href]'));
    // The right button opens a menu.
    if (!link || (event as MouseEvent).button > 1) return;
    // SVG's `href` is an object, which is not resolved.
    const href = new URL(link.getAttribute('href') as string, link.baseURI);
    const url = toAddress(href.href);
    if (downloads && (link.hasAttribute('download') || FILE.test(href.pathname)))
      report('file_download', { url });
    else if (outbound && url && bare(href.host) !== bare(location.host)) report('outbound_click', { url });
  };
  for (const type of ['click', 'auxclick']) {
    on(type, (event) => {
      try {
        track(event);
      } catch {
        // An address that is none leads nowhere.
      }
    });
  }
};

const bare = (host: string) => host.replace(/^www\./, '');
