/** The import rules of the repository: each takes the graph and names what breaks it. */
import { isBuiltin } from 'node:module';
import type { Graph } from './graph.js';
import { type Import, type Module, packageOf } from './module.js';

export type Rule = (graph: Graph) => string[];

/** Packages of ours that a package's sources may import; one that is not listed may import any. */
const mayImport: Record<string, string[]> = {
  'packages/schema': [],
  'packages/tracker': ['packages/schema'],
  'packages/collector': ['packages/schema'],
  'packages/dashboard': ['packages/schema'],
  'packages/node': ['packages/schema'],
};

/** What ships to a browser takes schema's types, and the tracker its limits, bundled: no validator among it. */
const typesOnly: Record<string, string[]> = {
  'packages/tracker': ['@liveinsight/schema/limits'],
  'packages/dashboard': [],
};

/** Dependencies that a package bundles into its files, so that its users do not install them. */
const bundled: Record<string, string[]> = {
  'packages/dashboard': ['preact'],
  'packages/node': ['@liveinsight/schema'],
  'packages/tracker': ['web-vitals'],
};

const collector = 'packages/collector/src/';
const commandLine = 'packages/cli/src/';
const dashboard = 'packages/dashboard/src/';
const awsHomes = [
  `${collector}storage/aws/`,
  `${collector}storage/dynamodb/`,
  'packages/cdk/',
  'packages/cli/',
  'bench/',
  'e2e/',
  'examples/',
  'tests/',
];

/** What may call a store's `arrivals`: the reader, stores, the port that numbers what it reads, and contract suites. */
const logReaders = [
  ...['event-log/', 'storage/', 'rollup/numbered-events.ts'].map((path) => collector + path),
  'packages/testing/src/contracts/',
  `${commandLine}database/remote-store.ts`,
];

/** Folders and single files of the collector, from the ground up: each imports from itself and from those before it. */
const layers = [
  'budgets.ts',
  'check-node-version.ts',
  'time-slice.ts',
  'cache/',
  'time/',
  'storage/',
  'events/',
  'options.ts',
  'errors.ts',
  'validation/',
  'storage/aws/',
  'storage/dynamodb/',
  'storage/sqlite/',
  'storage/local/',
  'sites/',
  'http/',
  'location/',
  'notes.ts',
  'event-log/',
  'columns/',
  'segments/',
  'rollup/',
  'tail/',
  'engine/',
  'query/',
  'exclusions/',
  'ingest/',
  'live/',
  'validate-options.ts',
  'alerts/',
  'settings/',
  'raw-data/',
  'reports/',
  'api/',
  'ingest-collector.ts',
  'collector.ts',
  'threads/',
  'options-from-env.ts',
  'config/',
  'adapters/',
  'index.ts',
];

/** The same of the command line. */
const commandLayers = [
  'time.ts',
  'cli-error.ts',
  'options.ts',
  'print.ts',
  'error-hints.ts',
  'database/',
  'data/',
  'tail/',
  'dev/',
  'serve/',
  'checks/',
  'plan/',
  'init/',
  'aws/',
  'commands/',
  'main.ts',
  'index.ts',
];

/** The same of the dashboard. */
const dashboardLayers = [
  'format/',
  'series/',
  'icons/',
  'i18n/',
  'url-state/',
  'api/',
  'hooks/',
  'live/',
  'components/',
  'alerts/',
  'map/',
  'table-dialog/',
  'session-panel/',
  'views/',
  'style/',
  'app/',
  'main.ts',
];

export const rules: Record<string, Rule> = {
  'a package imports only those packages of ours that the design lets it': (graph) =>
    imports(graph, ({ from, to }) => {
      const [importer, imported] = [graph.owner(from.path), graph.ours(to)];
      if (!isSource(from.path) || !importer || !imported || importer === imported) return false;
      return mayImport[importer.folder]?.includes(imported.folder) === false;
    }),

  'tracker and dashboard take only types from schema, and the tracker its limits': (graph) =>
    imports(graph, ({ from, to }) => {
      const values = typesOnly[graph.owner(from.path)?.folder ?? ''];
      if (!isSource(from.path) || !values || !graph.ours(to)) return false;
      return !to.typeOnly && !values.includes(to.specifier);
    }),

  'a package of ours is imported by its public entry points only': (graph) =>
    imports(graph, ({ to }) => graph.ours(to)?.entryPoints.has(to.specifier) === false),

  'no relative import leaves its package, but for the scripts of the repository': (graph) =>
    imports(graph, ({ from, to }) => {
      const owner = graph.owner(from.path);
      const target = graph.target(from, to);
      if (!owner || !target || graph.owner(target) === owner) return false;
      return isSource(from.path) || !target.startsWith('scripts/');
    }),

  'what the sources of a package import, its package.json declares': (graph) =>
    imports(graph, ({ from, to }) => {
      const owner = graph.owner(from.path);
      if (!owner || !isSource(from.path) || !isBare(to)) return false;
      const name = packageOf(to.specifier);
      const absentAtRunTime =
        to.typeOnly ||
        typesOnly[owner.folder]?.includes(to.specifier) === true ||
        bundled[owner.folder]?.includes(name) === true;
      return !owner.dependencies.has(name) && !(absentAtRunTime && hasTypes(owner.devDependencies, name));
    }),

  "the modules of Node are imported by 'node:'": (graph) =>
    imports(graph, ({ to }) => isBuiltin(to.specifier) && !to.specifier.startsWith('node:')),

  'stores and adapters of the collector never see each other': (graph) =>
    imports(graph, ({ from, to }) => {
      const pair = [from.path, graph.target(from, to) ?? ''].map(
        (path) => path.slice(collector.length).split('/')[0],
      );
      return from.path.startsWith(collector) && pair.includes('storage') && pair.includes('adapters');
    }),

  'the collector knows its DynamoDB store by its port alone': (graph) =>
    imports(graph, ({ from, to }) => {
      const store = `${collector}storage/dynamodb/`;
      const outside = from.path.startsWith(collector) && !from.path.startsWith(store);
      return outside && graph.target(from, to)?.startsWith(store) === true;
    }),

  'folders of the collector import downwards only': (graph) =>
    imports(graph, ({ from, to }) => {
      const target = graph.target(from, to);
      if (!from.path.startsWith(collector) || !target?.startsWith(collector)) return false;
      const [importer, imported] = [
        layerOf(from.path, collector, layers),
        layerOf(target, collector, layers),
      ];
      return importer < 0 || imported < 0 || imported > importer;
    }),

  'folders of the command line import downwards only': (graph) =>
    imports(graph, ({ from, to }) => {
      const target = graph.target(from, to);
      if (!from.path.startsWith(commandLine) || !target?.startsWith(commandLine)) return false;
      const importer = layerOf(from.path, commandLine, commandLayers);
      const imported = layerOf(target, commandLine, commandLayers);
      return importer < 0 || imported < 0 || imported > importer;
    }),

  'folders of the dashboard import downwards only': (graph) =>
    imports(graph, ({ from, to }) => {
      const target = graph.target(from, to);
      if (!from.path.startsWith(dashboard) || !target?.startsWith(dashboard)) return false;
      const importer = layerOf(from.path, dashboard, dashboardLayers);
      const imported = layerOf(target, dashboard, dashboardLayers);
      return importer < 0 || imported < 0 || imported > importer;
    }),

  'AWS is imported by the DynamoDB store, the command line, benchmarks and tests alone': (graph) =>
    imports(graph, ({ from, to }) => {
      const aws = /^@(aws-sdk|smithy)\//.test(to.specifier);
      return aws && !/\/test\//.test(from.path) && !awsHomes.some((home) => from.path.startsWith(home));
    }),

  'status codes are known in http/responses.ts alone': (graph) =>
    lines(graph, (module) => {
      const exempt = ['http/responses.ts', 'storage/'].some((path) =>
        module.path.startsWith(collector + path),
      );
      return module.path.startsWith(collector) && !exempt ? module.statusCodes : [];
    }),

  'the event log is read by event-log/ alone': (graph) =>
    lines(graph, (module) => {
      const exempt = logReaders.some((path) => module.path.startsWith(path));
      const ships = isSource(module.path) || module.path.startsWith('packages/cdk/functions/');
      return ships && !exempt ? module.logReads : [];
    }),

  'only an entry point exports by star': (graph) =>
    lines(graph, (module) => {
      const entry = graph.owner(module.path)?.entryFiles.has(module.path) === true;
      return isSource(module.path) && !entry ? module.starExports : [];
    }),

  'sources have no default export': (graph) =>
    lines(graph, (module) => (isSource(module.path) ? module.defaultExports : [])),

  'files and folders are named in kebab-case, after something of the domain': (graph) =>
    graph.modules
      .map((module) => module.path)
      // Frameworks name their own files, as `[...path].ts`.
      .filter((path) => !path.startsWith('examples/frameworks/'))
      .filter((path) =>
        path.split('/').some((part) => !/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(part) || isVague(part)),
      ),

  'no module imports itself by way of others': findCycles,
};

function imports(graph: Graph, breaks: (edge: { from: Module; to: Import }) => boolean): string[] {
  return graph.modules.flatMap((from) =>
    from.imports
      .filter((to) => breaks({ from, to }))
      .map((to) => `${from.path}:${to.line} imports ${to.specifier}${to.typeOnly ? ' (types)' : ''}`),
  );
}

function lines(graph: Graph, broken: (module: Module) => number[]): string[] {
  return graph.modules.flatMap((module) => broken(module).map((line) => `${module.path}:${line}`));
}

/** The position in `order` of the longest name that the path begins with below `root`; -1 if there is none. */
function layerOf(path: string, root: string, order: readonly string[]): number {
  const within = path.slice(root.length);
  const [name = ''] = order.filter((layer) => within.startsWith(layer)).sort((a, b) => b.length - a.length);
  return order.indexOf(name);
}

/** What is published, as opposed to tests and configuration. */
function isSource(path: string): boolean {
  return /^packages\/[^/]+\/src\//.test(path);
}

function isBare({ specifier }: Import): boolean {
  return !specifier.startsWith('.') && !isBuiltin(specifier);
}

function hasTypes(packages: Set<string>, name: string): boolean {
  return packages.has(name) || packages.has(`@types/${name.replace('@', '').replace('/', '__')}`);
}

function isVague(part: string): boolean {
  return /^(utils?|helpers?|common|misc)(\.|$)/.test(part);
}

function findCycles(graph: Graph): string[] {
  const byPath = new Map(graph.modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    const module = byPath.get(path);
    if (!module || done.has(path) || trail.includes(path)) return;
    for (const to of module.imports) {
      const target = graph.target(module, to);
      if (target) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of byPath.keys()) visit(path, []);
  return cycles;
}
