/** The reports that are opened from each other: one file, loaded with the first of them. */
export { ClickMap } from './click-map/click-map.js';
export { Funnels } from './funnels/funnels.js';
export { HourDetails } from './hour/hour.js';
export { Journeys } from './journeys/journeys.js';
export { PageDetails } from './page/page.js';
export { Retention } from './retention/retention.js';
export { Sessions } from './sessions/sessions.js';
export { SourceDetails } from './source/source.js';
