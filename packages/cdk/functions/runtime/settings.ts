/** Reads the environment and the secrets of a function as a collector's options. */
import { type CommonOptions, optionsFromEnvironment } from '@liveinsight/collector';
import type { Secrets } from './secrets.js';

type Environment = Record<string, string | undefined>;

/** Secrets are looked at again after this long. */
export const SETTINGS_TTL_MS = 300_000;

export interface Settings {
  options: CommonOptions;
  /** What CloudFront adds to each request; none where anybody may call. */
  originSecrets: string[];
}

/** Variables that name a secret, next to those that hold their value where there is none. */
const SECRET_ID = 'LIVEINSIGHT_SECRET_ID';
const READ_KEYS_ID = 'LIVEINSIGHT_READ_KEYS_ID';
const ADMIN_KEYS_ID = 'LIVEINSIGHT_ADMIN_KEYS_ID';
const ORIGIN_ID = 'LIVEINSIGHT_ORIGIN_ID';

export async function readSettings(env: Environment, secrets: Secrets): Promise<Settings> {
  const [secret, readKeys, adminKeys, origin] = await Promise.all(
    [SECRET_ID, READ_KEYS_ID, ADMIN_KEYS_ID, ORIGIN_ID].map((variable) => secrets.read(variable)),
  );
  const known = optionsFromEnvironment(secret ? { ...env, LIVEINSIGHT_SECRET: secret.current } : env);
  return {
    options: {
      ...known,
      // Frozen between calls, a function has no timers: a schedule calls for rolling up.
      rollUpEverySeconds: 0,
      ...(readKeys ? { readKeys: [readKeys.current, ...readKeys.previous, ...readKeys.limited] } : {}),
      ...(adminKeys ? { adminKeys: [adminKeys.current, ...adminKeys.previous, ...adminKeys.limited] } : {}),
      // CloudFront overwrites what a client writes there; without CloudFront nothing does.
      ...(origin ? { locationHeaders: 'cloudfront' as const } : {}),
    },
    originSecrets: origin ? [origin.current, ...origin.previous] : [],
  };
}
