// The emulator of AWS that tests ask, and AWS's own command line: both of PyPI, at pinned versions.
import { dirname } from 'node:path';
import { findPinned, pythonTool } from './pinned-tool.mjs';

const MOTO = 'moto[server]==5.2.5';
const awscli = {
  ...pythonTool('awscli', '1.46.3', [], [MOTO]),
  // What is on the PATH has no emulator beside it.
  name: 'liveinsight-emulator',
  file: 'bin/aws',
};

/** @returns {Promise<string | undefined>} the folder with `moto_server` and `aws`; undefined where they cannot be installed */
export async function findEmulator() {
  const aws = await findPinned(awscli);
  return aws && dirname(aws);
}
