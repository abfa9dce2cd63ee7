/** The options of the server, from the environment and its folder. */
import { type CommonOptions, optionsFromEnvironment } from '@liveinsight/collector';
import { CliError } from '../cli-error.js';
import type { DataFolder } from '../database/data-folder.js';

/**
 * The collector's options. The secret is the folder's own, so that commands on the folder have it, too.
 * @throws OptionsError, or a CliError where what production needs is missing
 */
export function readServerOptions(folder: DataFolder, env: NodeJS.ProcessEnv): CommonOptions {
  const secret = folder.secret(env.LIVEINSIGHT_SECRET);
  const options = optionsFromEnvironment({ ...env, LIVEINSIGHT_SECRET: secret });
  if (!options.readKeys?.length && !options.adminKeys?.length)
    throw new CliError(
      'no key is set, so the stats could not be read',
      'Set LIVEINSIGHT_ADMIN_KEYS or LIVEINSIGHT_READ_KEYS to a random text of at least 20 characters.',
    );
  return options;
}

/** All keys as texts: any of them opens the metrics. */
export const keysOf = ({ readKeys = [], adminKeys = [] }: CommonOptions): string[] =>
  [...readKeys, ...adminKeys].map((entry) => (typeof entry === 'string' ? entry : entry.key));
