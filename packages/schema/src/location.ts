/** How it is known where a visitor is. */
import * as v from 'valibot';

/** What can say it: a database of yours, by address; a header of the platform in front; the time zone of the device, which says the country alone. */
export const LOCATION_SOURCES = ['database', 'header', 'timezone'] as const;
export type LocationSource = (typeof LOCATION_SOURCES)[number];

export const locationSource = v.pipe(
  v.picklist(LOCATION_SOURCES, `must be one of ${LOCATION_SOURCES.join(', ')}`),
  v.description(
    'What said where the visitor was: `database` (the option `location`), `header` (of the platform in front) or `timezone` (of the device: the country alone).',
  ),
);
