/** Servers: the collector is mounted in front of their own routes. */
import { collectorFile, MOUNT_PACKAGES, MOUNTED_AT } from './collector-file.js';
import type { Project } from './project.js';
import { afterImports, type Steps } from './steps.js';

interface Server {
  /** How the call begins that makes the app. */
  made: readonly string[];
  /** What is imported from the adapter, and from where; none for those that have `fetch`. */
  adapter?: readonly [name: string, from: string];
  /** Whether nothing else ends the process on a signal. */
  exits: boolean;
  /** What mounts it. */
  mount(app: string): string;
}

export const SERVERS: Record<'express' | 'fastify' | 'hono' | 'nest', Server> = {
  express: {
    exits: true,
    made: ['express('],
    adapter: ['toExpress', '@liveinsight/collector/express'],
    mount: (app) => `${app}.use(toExpress(collector()));`,
  },
  fastify: {
    exits: true,
    made: ['fastify(', 'Fastify('],
    adapter: ['toFastify', '@liveinsight/collector/fastify'],
    mount: (app) => `${app}.register(toFastify(collector()));`,
  },
  hono: {
    exits: true,
    made: ['new Hono('],
    adapter: ['getConnInfo', '@hono/node-server/conninfo'],
    mount: (app) =>
      [
        `${app}.all('${MOUNTED_AT}/*', (context) =>`,
        '  collector().fetch(context.req.raw, { ip: getConnInfo(context).remote.address }),',
        ');',
      ].join('\n'),
  },
  nest: {
    exits: false,
    made: ['NestFactory.create(', 'NestFactory.create<'],
    adapter: ['toExpress', '@liveinsight/collector/express'],
    mount: (app) => `${app}.use(toExpress(collector()));\n${app}.enableShutdownHooks();`,
  },
};

const NAMES = ['server', 'app', 'index', 'main'];
const FOLDERS = ['', 'src/'];
const ENDS = ['ts', 'js', 'mjs', 'mts'];

export function server(project: Project, site: string, { made, adapter, exits, mount }: Server): Steps {
  const candidates = FOLDERS.flatMap((folder) =>
    NAMES.flatMap((name) => ENDS.map((end) => `${folder}${name}.${end}`)),
  );
  const path = candidates.find((file) => findApp(project.read(file) ?? '', made));
  const text = project.read(path ?? '') ?? '';
  const app = findApp(text, made)?.name ?? 'app';
  const typed = path === undefined ? project.usesTypeScript : /\.m?ts$/.test(path);
  const folder = path?.startsWith('src/') || (path === undefined && typed) ? 'src/' : '';
  const usesRequire = /\brequire\(/.test(text) && !/^import /m.test(text);
  const file = `./liveinsight${typed ? importEnd(project, text) : '.mjs'}`;
  const imported = (name: string, from: string) =>
    usesRequire ? `const { ${name} } = require('${from}');` : `import { ${name} } from '${from}';`;
  const shown = path ?? 'your server';
  return {
    create: [
      {
        path: `${folder}liveinsight.${typed ? 'ts' : 'mjs'}`,
        text: collectorFile({ site, language: typed ? 'ts' : 'js', exits }),
      },
    ],
    insert: [
      {
        path: shown,
        lines: [...(adapter ? [imported(...adapter)] : []), imported('collector', file)].join('\n'),
        place: (text) => (findApp(text, made) ? afterImports(text) : undefined),
        mark: './liveinsight',
      },
      { path: shown, lines: mount(app), place: (text) => findApp(text, made)?.end, mark: 'collector()' },
    ],
    left: [
      `Add the tag to your pages: <script async src="${MOUNTED_AT}/liveinsight.js" data-site="${site}"></script>`,
      'Add .liveinsight/ to .gitignore: it is the folder of the database.',
    ],
    packages: [...MOUNT_PACKAGES],
  };
}

/** The line that makes the app: its name, and where the next line begins. */
function findApp(text: string, made: readonly string[]): { name: string; end: number } | undefined {
  let end = 0;
  for (const line of text.split('\n')) {
    end += line.length + 1;
    const [left = '', right = ''] = line.split(' = ');
    const call = right.startsWith('await ') ? right.slice('await '.length) : right;
    const isWhole = line.endsWith(')') || line.endsWith(');');
    const [, name] = /^(?:const|let|var) (\w+)/.exec(left.trimStart()) ?? [];
    if (name && isWhole && made.some((begin) => call.startsWith(begin))) return { name, end };
  }
  return undefined;
}

/** As the file's other imports have it. */
function importEnd({ isModule }: Project, text: string): string {
  const [, end] = /from '\.\.?\/[^'\n]*?(\.[jt]s)?';/.exec(text) ?? [];
  return end ?? (isModule && !/from '\.\.?\//.test(text) ? '.js' : '');
}
