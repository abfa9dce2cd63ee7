import type { On, Report } from './capture.js';
import { describeEvent } from './clicks.js';

/** Three clicks on one thing within this are a rage, told once until it has not been clicked for so long. */
const BURST_MS = 1000;

export const watchRage = (on: On, report: Report): void => {
  let target: EventTarget | null;
  let times: number[] = [];
  let isTold = false;
  on('click', (event) => {
    const { timeStamp } = event;
    if (event.target !== target || timeStamp - (times[0] ?? 0) > BURST_MS) {
      ({ target } = event);
      times = [];
      isTold = false;
    }
    times.unshift(timeStamp);
    if (isTold || timeStamp - (times[2] ?? Number.NEGATIVE_INFINITY) > BURST_MS) return;
    isTold = true;
    const { element_tag: tag, element_id: id, element_text: text } = describeEvent(event);
    report('rage_click', { tag, id, text });
  });
};
