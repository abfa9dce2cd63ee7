/** What the suites need from a browser, for all drivers. */
export interface Tab {
  goto(url: string): Promise<void>;
  /** Runs `code` (an expression) in the page and returns its value. */
  run(code: string): Promise<unknown>;
  /** Clicks the middle of an element, as a visitor does. */
  click(selector: string): Promise<void>;
  /** Closes the tab as a visitor does. */
  close(): Promise<void>;
}

export interface TestBrowser {
  name: string;
  newTab(): Promise<Tab>;
  /** Kills the process of the tab opened last, as a crash or a lack of memory does; others may go with it. */
  killLatest(): Promise<void>;
  /** Stops every page's process for a while, timers and all, as a laptop does that is shut. */
  sleep(ms: number): Promise<void>;
  close(): Promise<void>;
}
