/** Names what is deployed: the programs and what of the options the functions see. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { siteToJson } from '@liveinsight/collector/config';
import { FileSystem } from 'aws-cdk-lib';
import { bundlesFolder } from './bundles.js';
import type { FunctionSpec } from './function-specs.js';
import type { Deployment } from './options.js';

const HASH_CHARS = 8;

/**
 * For example `0.1.0-3f2a9c1b`.
 * The same name for the same deployment. Every function gets a new version where it changes, so that each release has
 * one version of every function.
 */
export function nameRelease(
  { sites, defaultSite, ingest, tracing }: Deployment,
  specs: Record<string, FunctionSpec>,
): string {
  const seen = { sites: sites.map(siteToJson), defaultSite, ingest, tracing, specs };
  const hash = createHash('sha256')
    .update(FileSystem.fingerprint(bundlesFolder))
    .update(JSON.stringify(seen));
  const { version } = createRequire(import.meta.url)('@liveinsight/cdk/package.json');
  return `${version}-${hash.digest('hex').slice(0, HASH_CHARS)}`;
}
