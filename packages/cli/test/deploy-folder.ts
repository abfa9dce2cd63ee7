/** A user's project that deploys, with packages of this repository where npm would have put them. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** What the CDK asks the network for besides would only cost time. */
export const QUIET_CDK = {
  CDK_NOTICES: 'false',
  CDK_DISABLE_VERSION_CHECK: '1',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
};

const CONFIG = { region: 'us-east-1', sites: [{ id: 'shop', origins: ['https://shop.example'] }] };

/** A project with all that deploying takes. */
export function withCdk(parent: string, name: string, config: object = {}): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  install(folder, '@liveinsight/cdk', 'aws-cdk-lib', 'constructs', 'aws-cdk');
  writeFileSync(join(folder, 'liveinsight.config.json'), JSON.stringify({ ...CONFIG, ...config }));
  return folder;
}

export function install(folder: string, ...packages: string[]): void {
  for (const name of packages) {
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(modules, name), path);
  }
}

/** A project whose CDK does nothing: what a stack would leave of its own accord is there afterwards. */
export function withoutCdk(parent: string, name: string, config: object = {}): string {
  const folder = join(parent, name);
  mkdirSync(join(folder, 'node_modules/aws-cdk/bin'), { recursive: true });
  install(folder, '@liveinsight/cdk', 'aws-cdk-lib', 'constructs');
  writeFileSync(join(folder, 'node_modules/aws-cdk/package.json'), '{"name":"aws-cdk","version":"2.0.0"}');
  writeFileSync(
    join(folder, 'node_modules/aws-cdk/bin/cdk'),
    'console.log("cdk", process.argv.slice(2).join(" "));',
  );
  writeFileSync(join(folder, 'liveinsight.config.json'), JSON.stringify({ ...CONFIG, ...config }));
  return folder;
}
