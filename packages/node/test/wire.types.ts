/** What this package sends is what the collector takes. */
import type { WireBatch as SchemaBatch } from '@liveinsight/schema';
import type { WireBatch } from '../src/wire.js';

export const asTheSchemaSays = (batch: WireBatch): SchemaBatch => batch;
