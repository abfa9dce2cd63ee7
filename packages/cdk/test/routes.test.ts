/** Which function CloudFront hands a request of the API to: only that of administration may change what is stored. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { deployments, synthesise } from './deployments.js';

interface Behaviour {
  PathPattern: string;
  TargetOriginId: string;
}

const document = createRequire(import.meta.url).resolve('@liveinsight/schema/openapi.json');
const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
  readFileSync(document, 'utf8'),
);
const CHANGES = ['post', 'put', 'delete'];
const changed = Object.entries(paths)
  .filter(([, operations]) => CHANGES.some((method) => method in operations))
  .map(([path]) => path)
  .filter((path) => path !== '/api/events');

const { prod } = deployments;
if (!prod) throw new Error('there is no deployment prod');
const [distribution] = synthesise(prod).of('AWS::CloudFront::Distribution');
const behaviours: Behaviour[] = distribution?.Properties.DistributionConfig.CacheBehaviors;

it.each(changed)('%s is answered by the function that may change it, with and without /api', (path) => {
  const handedTo = (asked: string) =>
    behaviours.find(({ PathPattern }) => asked.startsWith(PathPattern.replace(/\*$/, '')))?.TargetOriginId;
  expect([handedTo(path), handedTo(path.replace(/^\/api/, ''))]).toEqual(['admin', 'admin']);
});
