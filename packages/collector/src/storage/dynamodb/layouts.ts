/**
 * Layouts of stored batches, by the number that deflated data begin with. A version that does not know a layout leaves
 * its batches out of every number. During a deployment, and after a rollback, the version before reads what this one
 * writes, so a release never writes a layout by default that the release before cannot read:
 *
 * 1. A release adds the layout to `LAYOUTS`: it reads it, and writes it only where `dynamoStore({ layout })` asks for it.
 * 2. A later release makes it `DEFAULT_LAYOUT`.
 *
 * A test compares both with what each release could read.
 */
export const LAYOUTS: readonly number[] = [1];
export const DEFAULT_LAYOUT = 1;
