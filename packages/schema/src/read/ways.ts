/** What the read API says of pages: which follow which, what is clicked on them, all about one. */
import * as v from 'valibot';
import { BreakdownRowSchema } from './stats.js';
import { INTERVALS } from './stats-words.js';
import { count, described, InstantSchema, incomplete, noteFields, pageName, range, share } from './words.js';

export const PageFlowSchema = v.pipe(
  v.object({ from_page: pageName, to_page: pageName, page_views: count }),
  v.description('How often one page followed another within a session.'),
);
/** How often one page followed another within a session. */
export type PageFlow = v.InferOutput<typeof PageFlowSchema>;

export const JourneyPageSchema = v.pipe(
  v.object({
    page: pageName,
    page_views: count,
    entries: described(count, 'Sessions that began there.'),
    exits: described(count, 'Views that no other view followed.'),
  }),
  v.description('A page of the journeys.'),
);
/** A page of the journeys. */
export type JourneyPage = v.InferOutput<typeof JourneyPageSchema>;

export const JourneysDataSchema = v.pipe(
  v.object({
    ...range,
    flows: described(v.array(PageFlowSchema), 'Most views first.'),
    other_page_views: described(
      count,
      'Views that followed another but are in none of `flows`: beyond its limit, or on rare paths that are not counted separately.',
    ),
    pages: described(v.array(JourneyPageSchema), 'The pages of `flows`, most views first.'),
    ...noteFields,
  }),
  v.description('Which pages follow which.'),
);
/** `GET /api/journeys`: which pages follow which. */
export type JourneysData = v.InferOutput<typeof JourneysDataSchema>;

export const ClickCountSchema = v.pipe(
  v.object({
    target: described(v.string(), 'The element, by its id, text or class, as `button#buy`.'),
    clicks: count,
    share: described(share, 'Of the clicks on the page, 0 to 1.'),
  }),
  v.description('How often an element of a page was clicked.'),
);
/** How often an element of a page was clicked. */
export type ClickCount = v.InferOutput<typeof ClickCountSchema>;

export const ClickMapDataSchema = v.pipe(
  v.object({
    ...range,
    page: pageName,
    page_views: count,
    clicks: count,
    targets: described(v.array(ClickCountSchema), 'Most clicks first.'),
    other_clicks: described(
      count,
      'Clicks on elements that are not in `targets`: beyond its limit, or too rare to be counted separately.',
    ),
    ...noteFields,
  }),
  v.description('What is clicked on a page.'),
);
/** `GET /api/click-map`: what is clicked on a page. */
export type ClickMapData = v.InferOutput<typeof ClickMapDataSchema>;

export const PagePointSchema = v.pipe(
  v.object({
    start: InstantSchema,
    incomplete: v.exactOptional(incomplete),
    page_views: v.nullable(count),
    sessions: v.nullable(count),
    clicks: v.nullable(count),
    conversions: v.nullable(count),
  }),
  v.description('The numbers of a page in one interval. `start` is its first instant. Null: not known.'),
);
/** The numbers of a page in one interval. `start` is its first instant. Null: not known. */
export type PagePoint = v.InferOutput<typeof PagePointSchema>;

export const NeighbourSchema = v.pipe(
  v.object({ page: pageName, page_views: described(count, 'Views of the one that the other followed.') }),
  v.description('A page seen just before or after another.'),
);
/** A page seen just before or after another. */
export type Neighbour = v.InferOutput<typeof NeighbourSchema>;

export const PageDataSchema = v.pipe(
  v.object({
    ...range,
    page: pageName,
    interval: v.picklist(INTERVALS),
    totals: BreakdownRowSchema,
    entries: described(count, 'Sessions that began there.'),
    series: v.array(PagePointSchema),
    previous_pages: described(v.array(NeighbourSchema), 'Most views first.'),
    next_pages: described(v.array(NeighbourSchema), 'Most views first.'),
    targets: described(v.array(ClickCountSchema), 'What is clicked there, most clicks first.'),
    ...noteFields,
  }),
  v.description('All about one page.'),
);
/** `GET /api/pages`: all about one page. */
export type PageData = v.InferOutput<typeof PageDataSchema>;
