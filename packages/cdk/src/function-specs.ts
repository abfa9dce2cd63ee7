/** The functions of a deployment as data: their code, settings and time limits. */
import type { FunctionName } from './permissions.js';

export type SecretName = 'secret' | 'read-keys' | 'admin-keys' | 'origin';

export interface FunctionSpec {
  /** As `collector.handler`, in the folder of the bundles. */
  handler: string;
  memoryMb: number;
  timeoutS: number;
  secrets: SecretName[];
  /** Alarm: average duration in ms. */
  slowMs: number;
  /** Alarm: errors in five minutes. */
  errors: number;
}

/** Of each secret, the variable that its id is in. */
export const SECRET_VARIABLES: Record<SecretName, string> = {
  secret: 'LIVEINSIGHT_SECRET_ID',
  'read-keys': 'LIVEINSIGHT_READ_KEYS_ID',
  'admin-keys': 'LIVEINSIGHT_ADMIN_KEYS_ID',
  origin: 'LIVEINSIGHT_ORIGIN_ID',
};

const SPECS: Record<FunctionName, FunctionSpec> = {
  ingest: {
    handler: 'ingest.handler',
    memoryMb: 512,
    timeoutS: 15,
    secrets: ['secret', 'origin'],
    slowMs: 5_000,
    errors: 5,
  },
  read: {
    handler: 'collector.handler',
    memoryMb: 1_024,
    timeoutS: 29,
    secrets: ['secret', 'read-keys', 'admin-keys', 'origin'],
    slowMs: 5_000,
    errors: 5,
  },
  admin: {
    handler: 'collector.handler',
    memoryMb: 1_024,
    timeoutS: 29,
    secrets: ['secret', 'read-keys', 'admin-keys', 'origin'],
    slowMs: 20_000,
    errors: 1,
  },
  rollup: {
    handler: 'rollup.handler',
    memoryMb: 1_769,
    timeoutS: 300,
    secrets: ['secret'],
    slowMs: 240_000,
    errors: 1,
  },
  drain: {
    handler: 'drain.handler',
    memoryMb: 512,
    timeoutS: 60,
    secrets: [],
    slowMs: 30_000,
    errors: 5,
  },
};

/** The functions of a deployment by name. */
export function functionSpecs(ingest: 'direct' | 'buffered'): Partial<Record<FunctionName, FunctionSpec>> {
  const { drain, ...direct } = SPECS;
  if (ingest === 'direct') return direct;
  return { ...direct, ingest: { ...direct.ingest, handler: 'buffered-ingest.handler' }, drain };
}
