/** Compiled, never run: what this package builds is what the schema takes. */
import type { WireBatch as SchemaBatch } from '@liveinsight/schema';
import type { WireBatch } from '../src/wire.js';

/** What JSON makes of a value: fields that are undefined are not there. */
type Sent<T> = T extends (infer Item)[]
  ? Sent<Item>[]
  : T extends object
    ? { [K in keyof T as undefined extends T[K] ? never : K]: Sent<T[K]> } & {
        [K in keyof T as undefined extends T[K] ? K : never]?: Sent<Exclude<T[K], undefined>>;
      }
    : T;

export const envelope = (batch: Sent<Omit<WireBatch, 'events'>>): Omit<SchemaBatch, 'events'> => batch;
