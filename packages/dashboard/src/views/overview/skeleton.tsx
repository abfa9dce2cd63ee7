/** Keeps the places of the overview's parts until their numbers are there. */

const FIGURES = 6;
const TABLES = 4;
const ROWS = 10;

export const OverviewSkeleton = () => (
  <div class="overview-skeleton" aria-hidden="true">
    <div class="totals">
      <div class="totals-row">
        {Array.from({ length: FIGURES }, (_, at) => (
          <div key={at} class="figure">
            <span class="bone" />
          </div>
        ))}
      </div>
    </div>
    <div class="panel chart-place" />
    <div class="breakdowns">
      {Array.from({ length: TABLES }, (_, at) => (
        <div key={at} class="panel">
          {Array.from({ length: ROWS }, (_, row) => (
            <span key={row} class="bone" />
          ))}
        </div>
      ))}
    </div>
  </div>
);
