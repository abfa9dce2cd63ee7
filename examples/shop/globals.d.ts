/** What the stub in the page's head defines. */
declare function liveinsight(command: string, ...rest: unknown[]): void;
