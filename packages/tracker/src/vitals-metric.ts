/**
 * What takes the place of three files of web-vitals, by the names it knows them by: a metric there carries its rating, its id, how much
 * it has changed and how the page was opened, of which only name and value are recorded.
 */

interface NamedValue {
  name: string;
  value: number;
  /** What it was measured by: kept by web-vitals itself. */
  entries: unknown[];
}

/** `lib/initMetric.js` */
export const initMetric = (name: string, value = -1): NamedValue => ({ name, value, entries: [] });

/** `lib/bindReporter.js`: reports a value that is known and has not been reported. */
export const bindReporter = (
  report: (metric: NamedValue) => void,
  metric: NamedValue,
  _thresholds: unknown,
  reportsAll?: boolean,
): ((isFinal?: boolean) => void) => {
  let told: number | undefined;
  return (isFinal) => {
    if ((isFinal || reportsAll) && metric.value >= 0 && metric.value !== told) {
      told = metric.value;
      report(metric);
    }
  };
};

/** `lib/initUnique.js`: each metric is asked for once. */
export const initUnique = <Instance>(_options: object, Class: new () => Instance): Instance => new Class();
