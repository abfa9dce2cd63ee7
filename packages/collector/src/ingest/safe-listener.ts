/** Functions of the application that are called while events are taken. */
import { rareLog } from '../http/rare-log.js';

const reportFailure = rareLog<unknown>((error) => `a function of the options threw: ${describe(error)}`);

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The same function; what it throws is reported, and costs no event. */
export const withoutThrowing =
  <Report>(listener: (report: Report) => void): ((report: Report) => void) =>
  (report) => {
    try {
      listener(report);
    } catch (error) {
      reportFailure(error);
    }
  };
