/** Core Web Vitals, as Google measures them, filed under the page that was loaded. https://github.com/GoogleChrome/web-vitals */
import type { Metric } from 'web-vitals';
import { onCLS } from 'web-vitals/onCLS.js';
import { onFCP } from 'web-vitals/onFCP.js';
import { onINP } from 'web-vitals/onINP.js';
import { onLCP } from 'web-vitals/onLCP.js';
import { onTTFB } from 'web-vitals/onTTFB.js';
import type { Report } from './capture.js';
import type { Guard } from './guard.js';

export const watchVitals = (guard: Guard, report: Report): void => {
  const page_url = location.origin + location.pathname;
  const tell = guard(({ name, value }: Metric) =>
    report('web_vital', { name, value: Math.round(value * 1e4) / 1e4 }, { page_url }),
  );
  for (const watch of [onCLS, onFCP, onLCP, onTTFB]) watch(tell);

  // web-vitals reports INP first when the page is hidden, and then measures what still waited for an idle moment.
  let worst: Metric | undefined;
  let told: number | undefined;
  const tellWorst = () => {
    if (!worst || worst.value === told || !document.hidden) return;
    told = worst.value;
    tell(worst);
  };
  onINP(
    (metric) => {
      worst = metric;
      tellWorst();
    },
    { reportAllChanges: true },
  );
  addEventListener('visibilitychange', tellWorst, true);
};
