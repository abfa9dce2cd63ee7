/** Alerts that fire, above every view; their part of the program is loaded after the view's. */
import { useEffect, useState } from 'preact/hooks';
import { lazy } from '../components/lazy.js';
import { useApp } from '../hooks/app-context.js';

const AlertBanner = lazy(async () => (await import('../alerts/alert-banner.js')).AlertBanner);

/** The requests of the view come first. */
const DELAY_MS = 1_000;

export function AlertOutlet() {
  const { site } = useApp();
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return isDue ? <AlertBanner key={site.id} /> : null;
}
