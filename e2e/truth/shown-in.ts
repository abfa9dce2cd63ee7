/** Where it is looked at what the dashboard shows. */
import type { Page } from 'playwright';
import type { TruthBed } from './bed.js';
import type { Fact } from './history.js';
import type { Range } from './questions.js';

/** A page that is read in every view of one page: its path is not of ASCII. */
export const COFFEE = '/블로그/제주 커피';

/** Of the zone, in which the page is opened. */
export interface Shown {
  bed: () => TruthBed;
  now: number;
  zone: string;
  /** Opens the page at a moment that stands still. */
  shown(search: string, zone: string, check: (page: Page) => Promise<void>): Promise<void>;
  factsIn(range: Pick<Range, 'span'>): Fact[];
}
