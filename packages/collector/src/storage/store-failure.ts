/** What the store could not take, of one request. */
export interface StoreFailure {
  /** Events that the sender was told to send again. */
  events: number;
  /** What went wrong and the remedy, where one is known. */
  cause: string;
}
