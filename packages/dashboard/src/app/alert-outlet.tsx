/** Alerts that fire, above every view; their part of the program is loaded after the view's. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';

export function AlertOutlet() {
  const { site } = useApp();
  const [Banner, setBanner] = useState<ComponentType>();
  useEffect(() => {
    import('../alerts/alert-banner.js').then(
      ({ AlertBanner }) => setBanner(() => AlertBanner),
      // The view itself says that the page's files are others by now.
      () => {},
    );
  }, []);
  return Banner ? <Banner key={site.id} /> : null;
}
