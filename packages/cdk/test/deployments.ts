/** Deployments as people make them, synthesised without an account or a network. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveInsight, type LiveInsightProps } from '@liveinsight/cdk';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';

const sites = [{ id: 'shop', origins: ['https://shop.example'], retentionDays: 90 }];

/** The least, the most, and what is between. */
export const deployments: Record<string, LiveInsightProps> = {
  dev: { sites },
  prod: { sites, environment: 'prod' },
  everything: {
    sites,
    environment: 'prod',
    entryPoint: 'http-api',
    ingest: 'buffered',
    tracing: true,
    firewall: {},
    cap: { writeUnitsPerSecond: 2_000, readUnitsPerSecond: 4_000 },
  },
};

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare what is deep inside with what it should be, and a missing part fails them; types of 30 kinds of resources would only repeat that
  Properties: Record<string, any>;
  DeletionPolicy?: string;
}

export interface Synthesised {
  resources: [id: string, resource: Resource][];
  of(type: string): Resource[];
  text: string;
  /** What AwsSolutions found that no one has explained; none where it was not asked. */
  findings: string[];
}

/** Every combination of the options that exchange resources, half of them with what is optional. */
export const variants: Record<string, LiveInsightProps> = Object.fromEntries(
  (['dev', 'prod'] as const).flatMap((environment) =>
    (['function-url', 'http-api'] as const).flatMap((entryPoint) =>
      (['direct', 'buffered'] as const).map((ingest) => {
        const isPlain = (entryPoint === 'http-api') === (ingest === 'buffered');
        const more = {
          firewall: {},
          tracing: true,
          keepData: environment === 'dev',
          rollout: 'canary',
        } as const;
        const name = `${environment}, ${entryPoint}, ${ingest}${isPlain ? '' : ', with options'}`;
        return [name, { sites, environment, entryPoint, ingest, ...(isPlain ? {} : more) }];
      }),
    ),
  ),
);

/** `own` makes what only exists within a stack, as a key or a certificate that is there already. */
export function synthesise(
  props: LiveInsightProps,
  own: (stack: Stack) => Partial<LiveInsightProps> = () => ({}),
  isChecked = true,
): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), 'liveinsight-synth-'));
  try {
    // The CDK's own check takes several times as long as the rest.
    const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: isChecked });
    const stack = new Stack(app, 'Analytics', { env: { region: 'us-east-1' } });
    if (isChecked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const alarmTopic = Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:us-east-1:000000000000:on-call');
    new LiveInsight(stack, 'LiveInsight', { alarmTopic, ...props, ...own(stack) });
    app.synth();
    const text = readFileSync(join(outdir, 'Analytics.template.json'), 'utf8');
    const resources = Object.entries<Resource>(JSON.parse(text).Resources);
    const report = isChecked
      ? JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'))
      : { pluginReports: [] };
    return {
      text,
      resources,
      of: (type) => resources.map(([, resource]) => resource).filter(({ Type }) => Type === type),
      findings: report.pluginReports.map((found: object) => JSON.stringify(found)),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

export interface Statement {
  Sid?: string;
  Effect: string;
  Action: string[];
  Resource: unknown[];
  Condition?: Record<string, Record<string, string[]>>;
}

/** The permissions of a function's role. */
export function statementsOf({ resources }: Synthesised, name: string): Statement[] {
  return resources
    .filter(
      ([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.toLowerCase().startsWith(`liveinsight${name}`),
    )
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .map((statement) => ({
      ...statement,
      Action: [statement.Action].flat(),
      Resource: [statement.Resource].flat(),
    }));
}
