/** What a deployment is made of, documented once. */
import type { AssetFiles, Site } from '@liveinsight/collector';
import { deploymentProblems } from '@liveinsight/collector/config';
import type { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

export interface LiveInsightProps {
  /** Sites whose events are taken, as `[{ id: 'shop', origins: ['https://shop.example'] }]`. At least one; their JSON at most 3,000 bytes. */
  sites: Site[];
  /**
   * Name of the deployment, `[a-z0-9-]{1,16}`, in the names of all that is made. `prod` keeps its data when the stack
   * is deleted and refuses to delete its tables; any other does not, unless `keepData` says otherwise. Default `dev`.
   */
  environment?: string;
  /** Site of events that name none. Default: none, such events are refused. */
  defaultSite?: string;
  /** Whether tables and logs outlive the stack, and tables can't be deleted. Default: true for `prod` alone. */
  keepData?: boolean;
  /** Names of your own for the distribution. Default: the name CloudFront gives. */
  domain?: Domain;
  /** What CloudFront hands requests to: `function-url` costs nothing, `http-api` $1.00 a million. Default `function-url`. */
  entryPoint?: 'function-url' | 'http-api';
  /** `direct`: 200 means stored. `buffered`: 200 means validated and held by SQS; for spikes beyond the tables. Default `direct`. */
  ingest?: 'direct' | 'buffered';
  /** The most that a second of the tables may cost. Default: no cap but the account's own. */
  cap?: ThroughputCap;
  /** Web application firewall in front of CloudFront: $7 a month and $0.60 a million requests. Stack in us-east-1 only. Default none. */
  firewall?: Firewall;
  /** Traces of every request in X-Ray: $5 a million. Default false. */
  tracing?: boolean;
  /** Days that logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365. They hold no addresses and no user agents. Default 30 for `prod`, else 7. */
  logDays?: number;
  /** Where alarms go. Default: nowhere, they only show. */
  alarmTopic?: ITopic;
  /** Customer-managed key for tables, secrets and the queue. Default: keys that AWS manages. */
  encryptionKey?: IKey;
  /** How new versions of functions take over. Default `canary` for `prod`, else `all-at-once`. */
  rollout?: 'canary' | 'all-at-once';
  /** How often numbers are rolled up. Default 5 minutes. */
  rollupEvery?: Duration;
  /**
   * Raise it after `liveinsight keys rotate … origin`: CloudFormation looks at a secret anew only where what uses it
   * changes. Default 1.
   */
  originRotation?: number;
  /** Static files: the tracker's script, or scripts by file name, and the dashboard. Default: those of this version. */
  assets?: { tracker?: string | Record<string, string>; dashboard?: AssetFiles };
}

export interface Domain {
  /** As `['stats.shop.example']`; point their DNS at the distribution. */
  names: string[];
  /** For these names, in us-east-1. */
  certificate: ICertificate;
}

/** Above it DynamoDB throttles: events are then answered 503 and sent again by the tracker, nothing is lost. */
export interface ThroughputCap {
  /** Write units per second, of the log and its index each, and of the numbers. */
  writeUnitsPerSecond: number;
  /** Read units per second, likewise. */
  readUnitsPerSecond: number;
}

export interface Firewall {
  /** Requests of one address in five minutes above which it is blocked. Default 3,000. */
  requestsPerFiveMinutes?: number;
}

/** All decided: what the parts of the construct are given. */
export interface Deployment extends LiveInsightProps {
  environment: string;
  keepData: boolean;
  entryPoint: 'function-url' | 'http-api';
  ingest: 'direct' | 'buffered';
  tracing: boolean;
  logDays: number;
  rollout: 'canary' | 'all-at-once';
}

/** @throws Error that names each option that is wrong */
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
    rollout: props.rollout ?? (isProd ? 'canary' : 'all-at-once'),
  };
}

/** The name of a part of a deployment, as `liveinsight-prod-events`: what functions, the command line and people know it by. */
export const resourceName = ({ environment }: Pick<Deployment, 'environment'>, part: string): string =>
  `liveinsight-${environment}-${part}`;
