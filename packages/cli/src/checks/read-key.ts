/** The read key that the environment has for a collector. */
import { optionsFromEnvironment } from '@liveinsight/collector';

export function findReadKey(): string | undefined {
  try {
    const { readKeys = [], adminKeys = [] } = optionsFromEnvironment({
      LIVEINSIGHT_SECRET: 'is not needed to read the keys',
      LIVEINSIGHT_DEFAULT_SITE: 'any',
      LIVEINSIGHT_READ_KEYS: process.env.LIVEINSIGHT_READ_KEYS,
      LIVEINSIGHT_ADMIN_KEYS: process.env.LIVEINSIGHT_ADMIN_KEYS,
    });
    const [key] = [...readKeys, ...adminKeys];
    return typeof key === 'object' ? key.key : key;
  } catch {
    // What is wrong with them is a finding of its own.
    return undefined;
  }
}
