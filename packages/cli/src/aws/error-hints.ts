/** Adds a hint to errors of AWS and its SDK. */
import { CliError } from '../cli-error.js';
import type { Deployment } from './deployment.js';

/** Whether the resource does not exist. */
export function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error &&
    /ResourceNotFound|TableNotFound|QueueDoesNotExist|NonExistentQueue|(Application|DeploymentGroup)DoesNotExist/.test(
      `${error.name} ${error.message}`,
    )
  );
}

/** Runs `action`, and turns its errors into errors with a hint. */
export async function withAwsHints<Result>(
  { environment, region }: Deployment,
  what: string,
  action: () => Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof CliError) throw error;
    // The SDK's advice to its callers begins in the second line.
    const text = error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error);
    const where = region ?? process.env.AWS_REGION ?? 'the region of your AWS profile';
    throw new CliError(`${what}: ${text}`, remedyFor(error, text, environment, where), { cause: error });
  }
}

function remedyFor(error: unknown, text: string, environment: string, where: string): string {
  if (isNotFound(error)) {
    return `There is no deployment "${environment}" in ${where}. Check the name and the region, or create it with \`liveinsight deploy ${environment}\`.`;
  }
  if (/Region is missing/.test(text)) {
    return 'Set "region" in liveinsight.config.json, or AWS_REGION.';
  }
  if (/ExpiredToken|TokenRefreshRequired/i.test(text) || (/token/i.test(text) && /expired/i.test(text))) {
    return 'These credentials have expired: renew them, for example with `aws sso login`.';
  }
  if (
    /RequestTimeTooSkewed|Signature expired|Signature not yet current|RequestExpired|RequestInTheFuture/.test(
      text,
    )
  ) {
    return 'Set the clock of this machine: AWS accepts a difference of 5 minutes.';
  }
  if (/CredentialsProvider|Could not load credentials|UnrecognizedClient|InvalidSignature/.test(text)) {
    return 'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. `aws sts get-caller-identity` shows your account.';
  }
  if (error instanceof Error && /Deserialization error|is not valid JSON/.test(error.message)) {
    return 'Something other than AWS responded: check proxies, and AWS_ENDPOINT_URL if it is set.';
  }
  if (/LimitExceeded/.test(text)) {
    return 'AWS runs only so many of these at a time, and your account has a quota of them (Service Quotas). Run the same command again later: it continues where this one ended.';
  }
  if (/AccessDenied|not authorized/i.test(text)) return 'Grant these credentials the action named above.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|socket hang up|Timeout/i.test(text)) {
    return `No response from AWS in ${where}. Check the region and your network. A change may have been made: \`liveinsight status ${environment}\` and \`keys show\` tell.`;
  }
  return 'Look for an incident of AWS in its Health Dashboard, and run the command again.';
}
