/** Clients for the services that a deployment consists of, closed together. */
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions, type Deployment } from './deployment.js';
import { createRolloutClient } from './rollouts.js';

const INVOKE_TIMEOUT_MS = 30_000;

export interface Clients {
  lambda: LambdaClient;
  /** For calls that wait for a function, which may have to start first. */
  invoker: LambdaClient;
  codeDeploy: CodeDeployClient;
  cloudWatch: CloudWatchClient;
  secrets: SecretsManagerClient;
  sqs: SQSClient;
}

export async function withClients<Result>(
  deployment: Deployment,
  action: (clients: Clients) => Promise<Result>,
): Promise<Result> {
  const options = clientOptions(deployment);
  const clients: Clients = {
    lambda: new LambdaClient(options),
    invoker: new LambdaClient(clientOptions(deployment, INVOKE_TIMEOUT_MS)),
    codeDeploy: createRolloutClient(deployment),
    cloudWatch: new CloudWatchClient(options),
    secrets: new SecretsManagerClient(options),
    sqs: new SQSClient(options),
  };
  try {
    return await action(clients);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
