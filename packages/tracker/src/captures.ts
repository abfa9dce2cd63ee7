/** The optional captures, each in a file of its own. They report what happens in a session, and begin none. */
import type { On, Report } from './capture.js';
import { describeEvent } from './clicks.js';
import { watchErrors } from './errors.js';
import type { Guard } from './guard.js';
import { watchLinks } from './links.js';
import type { ExtendedOptions } from './options.js';
import { watchRage } from './rage.js';
import { watchScroll } from './scroll.js';
import { watchVitals } from './vitals.js';

export const installCaptures = (
  options: ExtendedOptions,
  guard: Guard,
  record: (event_type: string, fields: object) => void,
  takeEngaged: () => number,
): void => {
  const wants = (name: string) => !options.capture || `${options.capture}`.includes(name);
  const report: Report = (name, props, fields) => record('custom', { name, props, ...fields });
  const on: On = (type, listener) =>
    addEventListener(type, guard(listener), { capture: true, passive: true });

  if (wants('scroll')) watchScroll(on);
  watchLinks(on, report, wants('outbound'), wants('downloads'));
  if (wants('forms')) on('submit', (event) => record('form_submit', describeEvent(event)));
  if (wants('rage')) watchRage(on, report);
  if (wants('errors')) watchErrors(on, report, options.release);
  if (wants('vitals')) watchVitals(guard, report);

  const beat = +(options.heartbeatMs as number);
  // `data-heartbeat-ms` without a number is `true`: every millisecond would be too often.
  if (beat > 1) {
    setInterval(
      guard(() => {
        const engaged_ms = takeEngaged();
        if (engaged_ms > 0) record('heartbeat', { engaged_ms });
      }),
      beat,
    );
  }
};
