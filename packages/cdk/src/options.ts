/** The options of the construct. */
import type { AssetFiles, Site } from '@liveinsight/collector';
import { deploymentProblems } from '@liveinsight/collector/config';
import type { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

export interface LiveInsightProps {
  /** The sites, for example `[{ id: 'shop', origins: ['https://shop.example'] }]`. At least one, and at most 3,000 bytes as JSON. */
  sites: Site[];
  /**
   * Name of the deployment, `[a-z0-9-]{1,16}`, part of the name of every resource. `prod` keeps its data when you delete
   * the stack and protects its tables from deletion; other deployments do so only with `keepData`. Default `dev`.
   */
  environment?: string;
  /** Site of events without a `site`. Default: none, such events are rejected. */
  defaultSite?: string;
  /** Keeps tables and secrets when you delete the stack, and protects tables from deletion. Default: true only for `prod`. */
  keepData?: boolean;
  /** Your own domain for the distribution. Default: the domain that CloudFront assigns. */
  domain?: Domain;
  /** Origin of CloudFront: `function-url` is free, `http-api` costs $1.00 per million requests. Default `function-url`. */
  entryPoint?: 'function-url' | 'http-api';
  /** `direct`: 200 means stored. `buffered`: 200 means validated and queued in SQS, for spikes that exceed the tables. Default `direct`. */
  ingest?: 'direct' | 'buffered';
  /** Maximum throughput of the tables per second, which limits their cost. Default: the limit of the account. */
  cap?: ThroughputCap;
  /**
   * Concurrent executions that a function always has and never exceeds. A flood at one function cannot take those of the
   * others, or of other applications. It costs nothing, but is taken from the account's limit (1,000 in a region, 10 in a
   * new account), of which 100 must stay unreserved. Above it, requests get 429, and the tracker sends events again.
   * Default: none.
   */
  reservedConcurrency?: Partial<Record<'ingest' | 'read' | 'admin' | 'drain', number>>;
  /**
   * `lean`: the alarms on lost data, failures and stopped roll-ups only, no dashboard, and roll-ups every 15 minutes. A
   * deployment without traffic then costs about $3 a month instead of $9. Default `full`.
   */
  monitoring?: 'full' | 'lean';
  /** AWS WAF for CloudFront: $7 per month and $0.60 per million requests. The stack must be in us-east-1. Default: none. */
  firewall?: Firewall;
  /** Traces every request in X-Ray: $5 per million. Default false. */
  tracing?: boolean;
  /** Log retention in days: 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365. Logs contain no IP addresses and no user agents. Default 30 for `prod`, else 7. */
  logDays?: number;
  /** Topic that alarms notify. Default: none, alarms only show in CloudWatch. */
  alarmTopic?: ITopic;
  /** Customer-managed key for tables, secrets and queues. Default: AWS managed keys. */
  encryptionKey?: IKey;
  /** How traffic moves to new versions of functions. Default `canary` for `prod`, else `all-at-once`. */
  rollout?: 'canary' | 'all-at-once';
  /** Interval of the roll-ups. Default 5 minutes, with `monitoring: 'lean'` 15. */
  rollupEvery?: Duration;
  /**
   * Increase it after `liveinsight keys rotate … origin`: CloudFormation reads a secret again only if the resource that
   * uses it changes. Default 1.
   */
  originRotation?: number;
  /** Static files: the tracker script (or scripts by file name) and the dashboard. Default: those of the installed packages. */
  assets?: { tracker?: string | Record<string, string>; dashboard?: AssetFiles };
}

export interface Domain {
  /** For example `['stats.shop.example']`. Point their DNS records to the distribution. */
  names: string[];
  /** Certificate for these names, in us-east-1. */
  certificate: ICertificate;
}

/** DynamoDB throttles above this. Events then get 503 and the tracker sends them again, so none is lost. */
export interface ThroughputCap {
  /** Write units per second: for the event log, for its index and for the roll-ups each. */
  writeUnitsPerSecond: number;
  /** Read units per second, for each of the same. */
  readUnitsPerSecond: number;
}

export interface Firewall {
  /** Maximum number of requests of one IP address in five minutes; more are blocked. Default 3,000. */
  requestsPerFiveMinutes?: number;
}

/** The options with all defaults applied. */
export interface Deployment extends LiveInsightProps {
  environment: string;
  keepData: boolean;
  entryPoint: 'function-url' | 'http-api';
  ingest: 'direct' | 'buffered';
  tracing: boolean;
  logDays: number;
  monitoring: 'full' | 'lean';
  rollout: 'canary' | 'all-at-once';
}

/** @throws Error that names each invalid option */
export function resolveProps(props: LiveInsightProps): Deployment {
  const problems = deploymentProblems(props);
  if (problems.length > 0) throw new Error(`LiveInsight: ${problems.join('; ')}`);
  const environment = props.environment ?? 'dev';
  const isProd = environment === 'prod';
  return {
    ...props,
    environment,
    keepData: props.keepData ?? isProd,
    entryPoint: props.entryPoint ?? 'function-url',
    ingest: props.ingest ?? 'direct',
    tracing: props.tracing ?? false,
    logDays: props.logDays ?? (isProd ? 30 : 7),
    monitoring: props.monitoring ?? 'full',
    rollout: props.rollout ?? (isProd ? 'canary' : 'all-at-once'),
  };
}

/** The name of a resource, for example `liveinsight-prod-events`. The CLI derives the same names. */
export const resourceName = ({ environment }: Pick<Deployment, 'environment'>, part: string): string =>
  `liveinsight-${environment}-${part}`;
