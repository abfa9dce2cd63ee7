/** The parts of the design system on one page, for review: in each theme, language and width. Reached by its address alone. */
import '../report-parts/report-parts.css';
import './parts.css';
import { useState } from 'preact/hooks';
import { Bars } from '../../components/bars.js';
import { Chart } from '../../components/chart.js';
import { ConfirmButton } from '../../components/confirm-button.js';
import { DataTable } from '../../components/data-table.js';
import { Panel } from '../../components/panel.js';
import { Popover } from '../../components/popover.js';
import { Empty, ErrorState, Loading } from '../../components/query-states.js';
import { SessionMark } from '../../components/session-mark.js';
import { Tabs } from '../../components/tabs.js';
import { ValueIcon } from '../../components/value-icon.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { valueTicks } from '../../series/scale.js';
import { Figures } from '../report-parts/figures.js';
import { ValueBars } from '../report-parts/value-bars.js';
import { PARTS } from './messages.js';

/** Of a week: the first day is not known, the last is under way. */
const COUNTS = [null, 320, 410, 380, 520, 490, 260] as const;
const BEFORE = [300, 290, 340, 360, 330, 400, 310] as const;
const FIRST_DAY = '2026-11-02T00:00:00Z';
const DAY_MS = 86_400_000;
const COUNTRIES = [
  { value: 'KR', sessions: 640, views: 1_810 },
  { value: 'DE', sessions: 410, views: 1_120 },
  { value: 'US', sessions: 120, views: 260 },
] as const;
const TABS = ['country', 'browser', 'device'] as const;
const SERIES = ['s1', 's2', 's3', 's4', 's5', 's6', 'money', 'alarm', 'soft', 'edge', 'bar', 'wash'] as const;

export function Parts() {
  const messages = useMessages(PARTS);
  return (
    <div class="report parts">
      <ViewHeader title={messages.title} />
      <p class="soft">{messages.intro}</p>
      <Basics />
      <Numbers />
      <States />
    </div>
  );
}

function Basics() {
  const messages = useMessages(PARTS);
  const shell = useMessages(SHELL_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const [tab, setTab] = useState<(typeof TABS)[number]>('country');
  return (
    <>
      <Panel title={messages.colours}>
        <ul class="swatches">
          {SERIES.map((name) => (
            <li key={name} style={{ '--swatch': `var(--${name})` }}>
              {name}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={messages.text}>
        <p class="part-figure">{messages.sample}</p>
        <p>{messages.sample}</p>
        <p class="soft">{messages.hint}</p>
        <p>
          <code>/products/jeju-black</code>
        </p>
      </Panel>
      <Panel title={messages.buttons}>
        <div class="part-row">
          <button type="button" class="primary">
            {shell.save}
          </button>
          <button type="button">{shell.cancel}</button>
          <button type="button" class="quiet">
            {shell.clear}
          </button>
          <button type="button" disabled>
            {shell.again}
          </button>
          <ConfirmButton label={shell.remove} confirm={() => {}} />
          <label>
            {messages.name} <input type="text" />
          </label>
          <label>
            {messages.choose}{' '}
            <select>
              <option>{shell.range_7d}</option>
              <option>{shell.range_30d}</option>
            </select>
          </label>
          <label class="toggle">
            <input type="checkbox" /> {messages.choose}
          </label>
        </div>
      </Panel>
      <Panel title={messages.choices}>
        <Tabs
          label={messages.choices}
          tabs={TABS.map((id) => ({ id, title: names[id] }))}
          chosen={tab}
          choose={(id) => setTab(id)}
        />
        <div class="part-row">
          <Popover label={shell.range_7d} title={shell.range}>
            {() => <p>{messages.sample}</p>}
          </Popover>
          <SessionMark id="a-session" />
          {(['google', 'naver', 'newsletter'] as const).map((source) => (
            <span key={source}>
              <ValueIcon dimension="source" value={source} /> {source}
            </span>
          ))}
        </div>
      </Panel>
    </>
  );
}

function Numbers() {
  const messages = useMessages(PARTS);
  const shell = useMessages(SHELL_MESSAGES);
  const metrics = useMessages(METRIC_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { format } = useApp();
  const definition = messages.estimate;
  const total = COUNTRIES.reduce((sum, { sessions }) => sum + sessions, 0);
  const start = (at: number) => Date.parse(FIRST_DAY) + at * DAY_MS;
  return (
    <>
      <Figures
        label={messages.figures}
        figures={[
          { name: metrics.visitors, definition, value: format.number(2_380), change: 0.124, better: 'more' },
          {
            name: metrics.bounce_rate,
            definition,
            value: format.percent(0.376),
            change: 0.026,
            better: 'less',
          },
          {
            name: metrics.average_session_duration_ms,
            definition,
            value: format.duration(47_000),
            error: '2s',
          },
          { name: metrics.revenue, definition, value: null },
        ]}
      />
      <Panel title={messages.chart}>
        <Chart
          label={metrics.visitors}
          points={COUNTS.map((value, at) => ({
            name: format.interval(start(at), 'day'),
            wholeName: format.fullInterval(start(at), 'day'),
            value,
            incomplete: at === COUNTS.length - 1 || undefined,
            before: BEFORE[at],
            beforeName: format.fullInterval(start(at - COUNTS.length), 'day'),
          }))}
          ticks={valueTicks(Math.max(...COUNTS.map(Number)), 4, true)}
          show={format.number}
          incomplete={shell.incomplete}
          unknown={shell.not_known_before(format.moment(start(1)))}
          notes={[{ at: 3, text: messages.sample }]}
        />
      </Panel>
      <div class="report-columns">
        <Panel title={messages.bars}>
          <Bars
            class="goal-bars"
            label={messages.bars}
            bars={BEFORE.map((value, at) => ({ name: format.interval(start(at), 'day'), value }))}
          />
          <ValueBars
            label={names.country}
            bars={COUNTRIES.map(({ value, sessions }) => ({
              key: value,
              label: format.country(value),
              count: format.number(sessions),
              share: sessions / total,
              shareText: format.percent(sessions / total),
            }))}
          />
        </Panel>
        <Panel title={messages.table}>
          <DataTable
            class="places"
            name={names.country}
            rows={COUNTRIES}
            rowKey={({ value }) => value}
            bars="sessions"
            whole={total}
            columns={[
              {
                id: 'value',
                label: names.country,
                value: ({ value }) => format.country(value),
                show: ({ value }) => (
                  <span>
                    <ValueIcon dimension="country" value={value} /> {format.country(value)}
                  </span>
                ),
              },
              { id: 'sessions', label: metrics.sessions, value: ({ sessions }) => sessions },
              { id: 'views', label: metrics.page_views, value: ({ views }) => views },
            ]}
          />
        </Panel>
      </div>
    </>
  );
}

function States() {
  const messages = useMessages(PARTS);
  const shell = useMessages(SHELL_MESSAGES);
  return (
    <Panel title={messages.states}>
      <p class="notice">{messages.warning}</p>
      <p class="notice good">{messages.good}</p>
      <p class="notice alarm">{messages.bad}</p>
      <Loading lines={3} />
      <Empty title={shell.nothing} />
      <ErrorState error={{ name: '', kind: 'unreachable', message: '' }} again={() => {}} />
    </Panel>
  );
}
