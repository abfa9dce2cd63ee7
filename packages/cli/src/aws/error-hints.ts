/** What AWS or the SDK refuses, in words that lead on. */
import { CliError } from '../cli-error.js';
import type { Deployment } from './deployment.js';

/** Whether AWS says that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error &&
    /ResourceNotFound|TableNotFound|QueueDoesNotExist|NonExistentQueue/.test(`${error.name} ${error.message}`)
  );
}

/** Does it, and tells what keeps it from being done. */
export async function withAwsHints<Result>(
  { environment, region }: Deployment,
  what: string,
  action: () => Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof CliError) throw error;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const place = region ?? process.env.AWS_REGION ?? 'the region of your AWS profile';
    throw new CliError(`${what}: ${text}`, remedyFor(error, text, environment, place), { cause: error });
  }
}

function remedyFor(error: unknown, text: string, environment: string, place: string): string {
  if (isNotFound(error)) {
    return `There is no deployment "${environment}" in ${place}: check its name and the region, or make it with \`liveinsight deploy ${environment}\`.`;
  }
  if (/Region is missing/.test(text)) {
    return 'Set "region" in liveinsight.config.json, or AWS_REGION.';
  }
  if (
    /CredentialsProvider|Could not load credentials|UnrecognizedClient|ExpiredToken|InvalidSignature/.test(
      text,
    )
  ) {
    return 'This needs an AWS account: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `aws sts get-caller-identity` says who you are.';
  }
  if (/AccessDenied|not authorized/i.test(text))
    return 'Allow the action that it names to these credentials.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|Timeout/.test(text))
    return `AWS was not reached in ${place}: check region and network.`;
  return `Run \`liveinsight doctor --aws ${environment}\` to see what is wrong.`;
}
