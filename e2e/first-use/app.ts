/** An app as its owner has it, before the collector comes into it. */
import type { Files } from '../frameworks/framework.js';

export interface App {
  /** With its version. */
  name: string;
  /** The page of `docs/start` that is followed. */
  page: string;
  /** As in `package.json`; default: none is given there. */
  type?: 'module';
  dependencies: Record<string, string>;
  /** Its build or its server does not run on Node 20. */
  needsNewerNode?: boolean;
  /** The app's own files; its page is a heading with the script tag. */
  files(tag: string): Files;
}
