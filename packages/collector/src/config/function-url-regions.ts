/**
 * Regions in which CloudFormation has no `AWS::Lambda::Url`, by the resource specifications that cfn-lint 1.58 ships
 * (October 2026) in `data/schemas/providers/`. A region that is not listed here may have none either.
 */
const WITHOUT_FUNCTION_URLS = new Set([
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'cn-northwest-1',
  'eu-central-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
  'us-gov-east-1',
  'us-gov-west-1',
]);

/** What is wrong with an entry point in a region; the default entry point is `function-url`. */
export function entryPointProblems(region: unknown, entryPoint: unknown = 'function-url'): string[] {
  if (entryPoint !== 'function-url' || typeof region !== 'string' || !WITHOUT_FUNCTION_URLS.has(region))
    return [];
  return [`entryPoint function-url is not available in ${region}: set entryPoint to http-api`];
}
