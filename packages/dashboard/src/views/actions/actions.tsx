/** Which links that lead out are followed, which files and forms are sent, what is searched for and what is missing. */
import '../report-parts/report-parts.css';
import './actions.css';
import type { ActionKind, ActionRow, ActionsData } from '@liveinsight/schema';
import { type Column, DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { Tabs } from '../../components/tabs.js';
import { ViewHeader } from '../../components/view-header.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { relative } from '../report-parts/change.js';
import { Estimate } from '../report-parts/estimate.js';
import { estimateError } from '../report-parts/estimate-error.js';
import { Change } from '../report-parts/figures.js';
import { Lesson } from '../report-parts/lesson.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { useComparedQuery } from '../report-parts/use-compared-query.js';
import { ACTIONS } from './messages.js';

const KINDS: readonly [ActionKind, ...ActionKind[]] = [
  'links',
  'downloads',
  'forms',
  'searches',
  'not_found',
];
const LIMIT = '1000';

const EXTENDED = '<script async src="/liveinsight.extended.js" data-site="shop"></script>';
const EXAMPLES: Record<ActionKind, string> = {
  links: EXTENDED,
  downloads: EXTENDED,
  forms: EXTENDED,
  searches: "liveinsight('track', 'search', { query: 'socks' });",
  not_found: "liveinsight('track', 'not_found', { from: document.referrer });",
};

export function Actions() {
  const messages = useMessages(ACTIONS);
  const { urlState, go } = useApp();
  const kind = KINDS.find((one) => one === urlState.own.kind) ?? KINDS[0];
  const result = useQuery('/actions', { ...useUrlQuery(), kind, limit: LIMIT });
  const compared = useComparedQuery();
  const { data: before } = useQuery('/actions', compared && { ...compared, kind, limit: LIMIT });
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <Panel title={messages[kind]}>
        <Tabs
          label={messages.kinds}
          tabs={KINDS.map((id) => ({ id, title: messages[id] }))}
          chosen={kind}
          choose={(id) => go({ own: { kind: id } }, 'replace')}
        />
        <QueryState result={result} lines={8}>
          {(data) => (
            <>
              <Notes of={data} />
              {data.row_count === 0 ? (
                <Lesson
                  title={messages[`${kind}_none`]}
                  text={lessonOf(kind, messages)}
                  code={EXAMPLES[kind]}
                />
              ) : (
                <Rows data={data} before={compared && before} />
              )}
            </>
          )}
        </QueryState>
      </Panel>
    </div>
  );
}

const lessonOf = (kind: ActionKind, messages: (typeof ACTIONS)['en']): string =>
  kind === 'searches' || kind === 'not_found' ? messages[`${kind}_text`] : messages.extended_text;

function Rows({ data, before }: { data: ActionsData; before: ActionsData | undefined }) {
  const messages = useMessages(ACTIONS);
  const report = useMessages(REPORT_MESSAGES);
  const { format } = useApp();
  const { kind, rows, row_count } = data;
  const former = new Map(before?.rows.map(({ value, events }) => [value, events]));
  const label = (value: string) =>
    value === '(unknown)' ? report.unknown : value === '(other)' ? report.other : readablePath(value);
  const columns: [Column<ActionRow>, ...Column<ActionRow>[]] = [
    {
      id: 'value',
      label: messages[`${kind}_value`],
      value: ({ value }) => label(value),
      // What visitors send is text: an address may be anything, so it is no link.
      show: ({ value }) => (
        <bdi class="cut action-value" title={label(value)}>
          {label(value)}
        </bdi>
      ),
    },
    { id: 'events', label: messages.events, value: ({ events }) => events },
    {
      id: 'visitors',
      label: report.visitors,
      value: ({ visitors }) => visitors,
      show: ({ visitors }) => <Estimate value={visitors} error={estimateError(data.note_codes, visitors)} />,
    },
    {
      id: 'page',
      label: kind === 'not_found' ? messages.page_from : messages.page,
      value: ({ pages }) => pages[0]?.page ?? null,
      show: ({ pages }) => <Pages pages={pages} />,
    },
  ];
  if (before)
    columns.push({
      id: 'change',
      label: report.change,
      value: ({ value, events }) => relative(events, former.get(value)) ?? null,
      show: ({ value, events }) => {
        const change = relative(events, former.get(value));
        return change === undefined ? '–' : <Change change={change} />;
      },
    });
  return (
    <>
      {rows.length < row_count && (
        <p class="soft">{messages.shown(format.number(rows.length), format.number(row_count))}</p>
      )}
      <DataTable
        key={kind}
        name={messages[kind]}
        rows={rows}
        columns={columns}
        rowKey={({ value }) => value}
        maxRows={20}
        bars="events"
      />
    </>
  );
}

/** The first of them, and all in its title. */
function Pages({ pages }: { pages: ActionRow['pages'] }) {
  const { format } = useApp();
  const [first] = pages;
  if (!first) return <>–</>;
  const all = pages.map(({ page, events }) => `${readablePath(page)}: ${format.number(events)}`).join('\n');
  return (
    <bdi class="cut action-page" title={all}>
      {readablePath(first.page)}
    </bdi>
  );
}
