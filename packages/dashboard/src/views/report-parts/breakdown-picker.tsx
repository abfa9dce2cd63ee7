/** By what a report's rows are: the URL says it. */
import type { Breakdown } from '@liveinsight/schema';
import { Tabs } from '../../components/tabs.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { REPORT_MESSAGES } from './messages.js';

interface BreakdownPickerProps<By extends Breakdown> {
  offered: readonly By[];
  chosen: By;
}

/** @returns the offered one that the URL names, else the first */
export const chosenBreakdown = <By extends Breakdown>(
  offered: readonly [By, ...By[]],
  asked: string | undefined,
): By => offered.find((one) => one === asked) ?? offered[0];

export function BreakdownPicker<By extends Breakdown>({ offered, chosen }: BreakdownPickerProps<By>) {
  const report = useMessages(REPORT_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { go } = useApp();
  return (
    <Tabs
      label={report.by}
      tabs={offered.map((id) => ({ id, title: names[id] }))}
      chosen={chosen}
      choose={(id) => go({ own: { by: id } }, 'replace')}
    />
  );
}
