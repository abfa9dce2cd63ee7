/** What is where: each page of the site is in a sidebar once. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const docs = fileURLToPath(new URL('../', import.meta.url));

/**
 * A page by its first heading.
 * @param {string} path
 */
function page(path) {
  const file = ['.md', 'index.md', 'README.md'].map((end) => docs + path + end).find(existsSync);
  if (file === undefined) throw new Error(`there is no page ${path}`);
  const [, title = path] = /^# (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  return { text: title.replace(/`/g, ''), link: `/${path}` };
}

/**
 * @param {string} text
 * @param {...string} paths
 */
const group = (text, ...paths) => ({ text, collapsed: true, items: paths.map(page) });

/**
 * Pages that the build writes.
 * @param {string} text
 * @param {string} folder
 */
const generated = (text, folder) =>
  group(
    text,
    ...(existsSync(docs + folder) ? readdirSync(docs + folder) : []).map(
      (file) => folder + file.replace(/\.md$/, ''),
    ),
  );

const START = [
  'html',
  'express',
  'next',
  'nuxt',
  'sveltekit',
  'astro',
  'react-router',
  'nest',
  'lambda',
  'one-machine',
  'aws',
];
const CONCEPTS = ['sessions', 'counting', 'bots', 'sampling', 'unknown', 'sources'];

const sidebar = [
  page('demo'),
  { ...group('Start in five minutes', 'start/', ...START.map((name) => `start/${name}`)), collapsed: false },
  { ...group('Concepts', ...CONCEPTS.map((name) => `concepts/${name}`)), collapsed: false },
  {
    text: 'Guides',
    items: [
      group(
        'Collect',
        ...[
          'events',
          'server-events',
          'bindings',
          'consent',
          'bounces',
          'location',
          'exclusions',
          'testing',
        ].map((name) => `guides/${name}`),
      ),
      group(
        'Report',
        'tracking-plan',
        ...['goals', 'funnels', 'experiments', 'segments', 'page-groups', 'alerts'].map(
          (name) => `guides/${name}`,
        ),
        'queries',
      ),
      group(
        'Run',
        'mounts',
        'operations/one-machine',
        ...['sqlite', 'dynamodb', 'stores', 'export', 'erasure', 'migration'].map((name) => `guides/${name}`),
      ),
      group(
        'Run on AWS',
        'operations/',
        ...['environments', 'runbook', 'troubleshooting', 'security', 'cost', 'scaling', 'migration'].map(
          (name) => `operations/${name}`,
        ),
      ),
    ],
  },
  {
    text: 'Reference',
    items: [
      group(
        'Tracker',
        ...['tracker', 'recorded-events', 'delivery', 'serving'].map((name) => `reference/${name}`),
      ),
      group(
        'Collector',
        ...['collector', 'statistics', 'filters', 'reports', 'columns'].map((name) => `reference/${name}`),
      ),
      group(
        'Other packages',
        ...['cli', 'dashboard', 'node', 'cdk', 'wire-format'].map((name) => `reference/${name}`),
      ),
      { ...page('reference/http'), ...generated('HTTP API', 'reference/http/') },
      { ...page('reference/api'), ...generated('API of the packages', 'reference/api/') },
    ],
  },
  group('Background', 'architecture', 'comparison', 'frameworks', 'dashboard-development', 'decisions/'),
];

export const english = {
  nav: [
    { text: 'Start', link: '/start/' },
    { text: 'Live demo', link: '/demo' },
    { text: 'Concepts', link: '/concepts/sessions' },
    { text: 'Reference', link: '/reference/tracker' },
  ],
  sidebar,
};

export const korean = {
  nav: [{ text: '시작하기', link: '/ko/start/' }],
  sidebar: {
    '/ko/': [
      {
        text: '시작하기',
        items: [
          'start/',
          ...['html', 'express', 'next', 'one-machine'].map((name) => `start/${name}`),
          'concepts',
        ].map((name) => page(`ko/${name}`)),
      },
    ],
  },
  outline: { label: '이 페이지', level: /** @type {[number, number]} */ ([2, 3]) },
  docFooter: { prev: '이전', next: '다음' },
  darkModeSwitchLabel: '테마',
  sidebarMenuLabel: '메뉴',
  returnToTopLabel: '맨 위로',
  langMenuLabel: '언어',
};

export const koreanWords = {
  button: { buttonText: '검색', buttonAriaLabel: '검색' },
  modal: {
    noResultsText: '검색 결과가 없습니다:',
    resetButtonTitle: '지우기',
    footer: { selectText: '선택', navigateText: '이동', closeText: '닫기' },
  },
};
