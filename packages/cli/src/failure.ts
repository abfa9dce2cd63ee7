/** A failure that the user can mend: what is wrong, and the remedy. Shown without a stack. */
export class Failure extends Error {
  override name = 'Failure';
  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
