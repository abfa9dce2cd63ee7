/** Alerts that fire, above every view; their part of the program is loaded after the view's. */
import { lazy } from '../components/lazy.js';
import { useApp } from '../hooks/app-context.js';

const AlertBanner = lazy(async () => (await import('../alerts/alert-banner.js')).AlertBanner);

export function AlertOutlet() {
  const { site } = useApp();
  return <AlertBanner key={site.id} />;
}
