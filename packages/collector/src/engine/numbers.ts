/** The numbers of what passes: buckets as rollups have them, and rows that rollups do not have. Pure. */
import { MAX_ROW_DISTINCT_BYTES, MAX_ROW_FACTS, MAX_SESSION_SUM_BYTES } from '../budgets.js';
import { OTHER } from '../events/over-budget.js';
import { boundRollup, emptyRollup, type Rollup } from '../rollup/aggregate.js';
import { boundRowSet, RowSet } from '../rollup/row-set.js';
import { GoalNumbers } from './goal-numbers.js';
import { type NumbersPlan, sumsSessions } from './numbers-plan.js';
import { RowFacts } from './row-facts.js';
import { SessionSums } from './session-sums.js';

export interface NumbersBucket {
  /** In ms; `end` exclusive. */
  start: number;
  end: number;
  rollup: Rollup;
}

const LIMITS = {
  rows: MAX_ROW_FACTS,
  distinctBytes: MAX_ROW_DISTINCT_BYTES,
  sessionSumBytes: MAX_SESSION_SUM_BYTES,
};

/** What chunks are counted into, in any order. */
export class Numbers {
  readonly buckets: readonly NumbersBucket[];
  /** By name of the axis. */
  readonly rows: ReadonlyMap<string, RowSet>;
  readonly facts: RowFacts;
  /** Present where a goal is measured: filled in before chunks are counted. */
  readonly goal: GoalNumbers | undefined;
  /** Values of the chunks that were over a budget, by reason. */
  readonly over = new Map<string, number>();

  constructor(
    readonly plan: NumbersPlan,
    max = LIMITS,
  ) {
    this.facts = new RowFacts(sumsSessions(plan) ? new SessionSums(max.sessionSumBytes) : undefined, max);
    this.goal = plan.goal && new GoalNumbers(plan.goal, plan.bounds, max.distinctBytes);
    const { rows, fiveMinuteTotals } = emptyRollup();
    this.buckets = plan.bounds.slice(1).map((end, index) => ({
      start: plan.bounds[index] ?? end,
      end,
      rollup: plan.rowsOfEach ? emptyRollup() : { ...emptyRollup(), rows, fiveMinuteTotals },
    }));
    this.rows = new Map(plan.axes.map(({ name }) => [name, new RowSet()]));
  }

  /**
   * Keeps rows within their budgets; to be called after each chunk.
   * @param over what was over a budget of the chunk
   */
  bound(over: ReadonlyMap<string, number>): void {
    for (const { rollup } of this.plan.rowsOfEach ? this.buckets : this.buckets.slice(0, 1))
      boundRollup(rollup);
    for (const rows of this.rows.values()) this.#countOver(OTHER, boundRowSet(rows));
    for (const [reason, times] of over) this.#countOver(reason, times);
  }

  #countOver(reason: string, times: number): void {
    if (times > 0) this.over.set(reason, (this.over.get(reason) ?? 0) + times);
  }
}
