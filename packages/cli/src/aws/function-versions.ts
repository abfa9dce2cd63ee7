/** What runs in a deployment: the published versions of its functions, and those that the aliases send requests to. */
import {
  GetAliasCommand,
  type GetAliasCommandOutput,
  type LambdaClient,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import { type Deployment, FUNCTIONS, resourceName } from './deployment.js';
import { isNotFound } from './error-hints.js';

/** The alias that requests, the schedule and the queue use. */
export const LIVE = 'live';

export interface FunctionVersions {
  /** As `ingest`. */
  part: string;
  functionName: string;
  /** The version that the alias points to. */
  live: number;
  /** Versions that get a share of the requests while a canary runs, with their share. */
  shares: Map<number, number>;
  /** The version that a rollback has left, if `live` is where it went. */
  rolledBackFrom: number | undefined;
  /** All published versions, oldest first, each with its release. */
  published: Map<number, string | undefined>;
}

/** Without the functions that the deployment does not have. */
export async function readFunctions(
  client: LambdaClient,
  deployment: Deployment,
): Promise<FunctionVersions[]> {
  const found = await Promise.all(FUNCTIONS.map((part) => readFunction(client, deployment, part)));
  return found.flatMap((one) => one ?? []);
}

async function readFunction(
  client: LambdaClient,
  deployment: Deployment,
  part: string,
): Promise<FunctionVersions | undefined> {
  const functionName = resourceName(deployment, part);
  let alias: GetAliasCommandOutput;
  try {
    alias = await client.send(new GetAliasCommand({ FunctionName: functionName, Name: LIVE }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  const published: [number, string | undefined][] = [];
  const pages = paginateListVersionsByFunction({ client }, { FunctionName: functionName });
  for await (const { Versions = [] } of pages) {
    for (const { Version, Environment } of Versions) {
      const number = Number(Version);
      // `$LATEST` is no published version.
      if (Number.isInteger(number)) published.push([number, Environment?.Variables?.RELEASE]);
    }
  }
  const live = Number(alias.FunctionVersion);
  const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  return {
    part,
    functionName,
    live,
    shares: new Map(weights.map(([version, share]) => [Number(version), share])),
    rolledBackFrom: parseRollbackNote(alias.Description, live),
    published: new Map(published.sort(([a], [b]) => a - b)),
  };
}

/** What a rollback leaves as the description of the alias: a second one then knows where the first began. */
export const rollbackNote = (from: number, to: number) => `rolled back from version ${from} to ${to}`;

function parseRollbackNote(description: string | undefined, live: number): number | undefined {
  const [, from, to] = /^rolled back from version (\d+) to (\d+)$/.exec(description ?? '') ?? [];
  // A later deployment moves the alias and leaves the description.
  return Number(to) === live ? Number(from) : undefined;
}
