/** What names an hour, a day or a month of numbers. */

/** `hour`: of the site's reporting zone; `day` and `month` too, complete. */
export type RollupKind = 'hour' | 'day' | 'month';

export interface RollupKey {
  site: string;
  shard: number;
  kind: RollupKind;
  /** First ms of the stretch. */
  start: number;
}
