/** The wire format as one JSON Schema document. */
import { definitions, WIRE } from './to-json-schema.mjs';

export function batchSchema() {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://unpkg.com/@liveinsight/schema/generated/batch.schema.json',
    title: 'LiveInsight batch',
    description: 'What `POST /api/events` takes: a batch of events, or a single event.',
    anyOf: [{ $ref: '#/$defs/Batch' }, { $ref: '#/$defs/BareEvent' }],
    $defs: definitions(WIRE, '#/$defs/'),
  };
}
