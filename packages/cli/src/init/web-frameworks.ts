/** Frameworks with pages and a server: the collector is a route, the tag is in the layout. */
import { collectorFile, MOUNT_PACKAGES, MOUNTED_AT } from './collector-file.js';
import type { Project } from './project.js';
import { afterLine, beforeLine, type Insertion, type Steps } from './steps.js';

const SRC = `${MOUNTED_AT}/liveinsight.js`;
const DATABASE = '.liveinsight/';
const IGNORE = `Add ${DATABASE} to .gitignore: it is the folder of the database.`;

const tag = (site: string, jsx: boolean, attributes = '') =>
  `<script ${attributes}async src="${SRC}" data-site="${site}"${jsx ? ' /' : '></script'}>`;

const inHead = (path: string, lines: string): Insertion => ({
  path,
  lines,
  place: beforeLine('</head>'),
  mark: SRC,
});

const language = ({ usesTypeScript }: Project) => (usesTypeScript ? 'ts' : 'js');

const steps = (parts: Partial<Steps>): Steps => ({
  create: [],
  insert: [],
  packages: [...MOUNT_PACKAGES],
  ...parts,
  left: [...(parts.left ?? []), IGNORE],
});

export function next(project: Project, site: string): Steps {
  const ext = language(project);
  const root = project.first('src/app', 'app') ?? 'app';
  const layout = project.first(`${root}/layout.tsx`, `${root}/layout.jsx`, `${root}/layout.js`);
  const config = project.first('next.config.ts', 'next.config.mjs', 'next.config.js');
  const external = "serverExternalPackages: ['@liveinsight/collector', 'libsql'],";
  return steps({
    create: [
      {
        path: `${root}/analytics/collector.${ext}`,
        text: collectorFile({ site, language: ext, trustedProxies: 1 }),
      },
      {
        path: `${root}/analytics/[[...path]]/route.${ext}`,
        text: `import { collector } from '../collector';

const answer = (request${ext === 'ts' ? ': Request' : ''}) => collector().fetch(request, { compresses: true });
export { answer as DELETE, answer as GET, answer as OPTIONS, answer as POST, answer as PUT };
`,
      },
      ...(config
        ? []
        : [
            {
              path: 'next.config.mjs',
              text: `export default {\n  // SQLite is native code, which cannot be bundled.\n  ${external}\n};\n`,
            },
          ]),
    ],
    insert: [
      {
        path: layout ?? `${root}/layout.tsx`,
        lines: tag(site, true),
        place: (text) => beforeLine('{children}')(text) ?? beforeLine('</body>')(text),
        mark: SRC,
      },
      ...(config
        ? [
            {
              path: config,
              lines: external,
              place: afterLine(/(?:\bnextConfig(?:: NextConfig)? =|export default|module\.exports =) ?\{/),
              mark: '@liveinsight/collector',
            },
          ]
        : []),
    ],
  });
}

export function nuxt(project: Project, site: string): Steps {
  const config = project.first('nuxt.config.ts', 'nuxt.config.js') ?? 'nuxt.config.ts';
  const script = `{ src: '${SRC}', async: true, 'data-site': '${site}' }`;
  return steps({
    create: [
      { path: 'server/utils/liveinsight.ts', text: collectorFile({ site, language: 'ts' }) },
      {
        path: 'server/routes/analytics/[...path].ts',
        text: `import { collector } from '../../utils/liveinsight';

export default defineEventHandler((event) => {
  const ip = getRequestIP(event);
  return collector().fetch(toWebRequest(event), ip === undefined ? {} : { ip });
});
`,
      },
    ],
    insert: [
      {
        path: config,
        lines: `app: { head: { script: [${script}] } },`,
        place: (text) => (/^ *app:/m.test(text) ? undefined : afterLine(/defineNuxtConfig\(\{/)(text)),
        mark: SRC,
      },
    ],
  });
}

export function svelteKit(project: Project, site: string): Steps {
  const ext = language(project);
  const handler = ext === 'ts' ? ': RequestHandler' : '';
  return steps({
    create: [
      { path: `src/lib/server/liveinsight.${ext}`, text: collectorFile({ site, language: ext }) },
      {
        path: `src/routes/analytics/[...path]/+server.${ext}`,
        text: `import { collector } from '$lib/server/liveinsight';
${ext === 'ts' ? "import type { RequestHandler } from './$types';\n" : ''}
export const fallback${handler} = ({ request, getClientAddress }) =>
  collector().fetch(request, { ip: getClientAddress() });
`,
      },
    ],
    insert: [inHead('src/app.html', tag(site, false))],
    left: [
      'Set ORIGIN to the address of your site where you run it with @sveltejs/adapter-node: SvelteKit rejects what the tracker sends from another.',
    ],
  });
}

export function astro(project: Project, site: string): Steps {
  const ext = language(project);
  const layouts = project.list('src/layouts').filter((name) => name.endsWith('.astro'));
  const [page = 'src/pages/index.astro'] = layouts.map((name) => `src/layouts/${name}`);
  const config = project.first('astro.config.mjs', 'astro.config.ts', 'astro.config.js');
  const hasAdapter = config !== undefined && /\badapter\b/.test(project.read(config) ?? '');
  return steps({
    create: [
      {
        path: `src/liveinsight.${ext}`,
        text: collectorFile({ site, language: ext, exits: true }),
      },
      {
        path: `src/pages/analytics/[...path].${ext}`,
        text: `${ext === 'ts' ? "import type { APIRoute } from 'astro';\n" : ''}import { collector } from '../../liveinsight';

export const prerender = false;

export const ALL${ext === 'ts' ? ': APIRoute' : ''} = ({ request, clientAddress }) => collector().fetch(request, { ip: clientAddress });
`,
      },
    ],
    insert: [inHead(page, tag(site, false, 'is:inline '))],
    left: hasAdapter ? [] : ['Add a server to your site: npx astro add node'],
  });
}

export function reactRouter(project: Project, site: string): Steps {
  const ext = language(project);
  return steps({
    create: [
      { path: `app/collector.server.${ext}`, text: collectorFile({ site, language: ext }) },
      {
        path: `app/routes/analytics.${ext}`,
        text: `import { collector } from '../collector.server';

const answer = ({ request }${ext === 'ts' ? ': { request: Request }' : ''}) => collector().fetch(request);
export { answer as action, answer as loader };
`,
      },
    ],
    insert: [
      inHead(project.first('app/root.tsx', 'app/root.jsx') ?? 'app/root.tsx', tag(site, true)),
      {
        path: `app/routes.${ext}`,
        lines: `{ path: 'analytics/*', file: 'routes/analytics.${ext}' },`,
        place: (text) => {
          const start = 'export default [';
          const at = text.indexOf(start);
          if (at < 0) return undefined;
          const end = at + start.length;
          return text[end] === '\n' ? end + 1 : end;
        },
        mark: 'routes/analytics',
      },
    ],
    left: [
      'Set trustedProxies: 1 in app/collector.server where a proxy in front sends X-Forwarded-For: React Router does not pass the address of visitors.',
    ],
  });
}
