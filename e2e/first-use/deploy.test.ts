import { expect, it } from 'vitest';
import { emptyFolder } from './empty-folder.js';
import { readPage, section, snippets } from './page.js';

/** What the CDK asks the network for besides would only cost time. */
const QUIET_CDK = { CDK_NOTICES: 'false', CDK_DISABLE_VERSION_CHECK: '1', CDK_DISABLE_CLI_TELEMETRY: 'true' };

it('deploying, as docs/operations says, comes to where an AWS account is needed', async () => {
  const page = section(readPage('docs/operations/README.md'), '## Deploy');
  const [installs = '', deploys = ''] = snippets(page, 'text').map((code) => code.trim());
  const [config = ''] = snippets(page, 'json');
  // Nor has this machine an instance's role.
  const folder = await emptyFolder('deploy', { ...QUIET_CDK, AWS_EC2_METADATA_DISABLED: 'true' });
  await folder.write({ 'package.json': '{}', 'liveinsight.config.json': config });
  const [init = '', ...more] = installs.split('\n');
  expect((await folder.run(init)).ok).toBe(true);
  for (const command of more) await folder.install(command);

  const [shows = '', makes = ''] = deploys.split('\n');
  const shown = await folder.run(shows);
  expect(shown.output).toContain('liveinsight-prod-ingest');
  expect(shown.ok).toBe(true);
  const made = await folder.run(makes);
  expect(made.output).toContain('Unable to resolve AWS account to use');
  expect(made.ok).toBe(false);
});
