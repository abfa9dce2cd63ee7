/** A framework as the suite knows it: an app of a few pages, written in its way, with the tracker in it. */

/** How the app includes the tracker. */
export type Install = 'script tag' | 'npm';

/** Path and content of a file. */
export type Files = Record<string, string>;

export interface Framework {
  name: string;
  /** Whose installed version the table states. */
  package: string;
  /** What changes the page. */
  router: string;
  /** Packages and version ranges, as in `package.json`. */
  dependencies: Record<string, string>;
  /** The tracker's entry point that the app imports. Default: it has no bundler, and takes the script tag alone. */
  entryPoint?: string;
  /**
   * An app with the pages `/one`, `/two` and `/three`, whose titles are One, Two and Three in `<title>` and `<h1>`, and
   * with links to them (`#two`, `#three`, `#old`) on each. `/three` takes `SLOW_MS` to load. `/old` redirects to `/two`.
   */
  files(install: Install): Files;
  /** A command of the app's `node_modules/.bin` that builds it for production. Default: there is nothing to build. */
  build?: string[];
  /** The command that serves what was built at a port of 127.0.0.1, which it also finds in `PORT`. */
  start(port: string): string[];
}

/** How long a page that asks a server is away. */
export const SLOW_MS = 150;

export const SCRIPT_TAG = '<script async src="/liveinsight.js" data-site="shop"></script>';

export const PAGES = ['One', 'Two', 'Three'] as const;

const pathOf = (title: string) => title.toLowerCase();

/** A file for each of the three pages. */
export const pageFiles = (fileOf: (path: string) => string, content: (title: string) => string): Files =>
  Object.fromEntries(PAGES.map((title) => [fileOf(pathOf(title)), content(title)]));
