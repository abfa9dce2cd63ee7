/** Compiled, never run: what this package builds is what the schema takes. */
import type { WireBatch as SchemaBatch } from '@liveinsight/schema';
import type { Sender, WireBatch, WireContext } from '../src/wire.js';

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

export const envelope = (
  batch: Defined<Omit<WireBatch, 'events'>>,
): Omit<SchemaBatch, 'events'> & { context: WireContext; session: Sender['session'] } => batch;
