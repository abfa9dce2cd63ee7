/** `liveinsight status`: what runs, what waits and what is wrong in a deployment, in one screen. */
import { CliError } from '../cli-error.js';
import { print, replaceControlChars, safeJson, style } from '../print.js';
import { readAlarms } from './alarms.js';
import { type Clients, withClients } from './clients.js';
import { type Deployment, resourceName, secretName } from './deployment.js';
import { withAwsHints } from './error-hints.js';
import { readFunctions } from './function-versions.js';
import { readLastRollups } from './last-rollup.js';
import { readQueues } from './queues.js';
import { readRollouts } from './rollouts.js';
import { readVersion, SECRET_NAMES } from './secrets.js';

/** One line of the screen; `value` null where AWS did not say. */
interface Line {
  part: string;
  says: string;
  value: unknown;
  isWrong?: boolean;
}

interface Section {
  title: string;
  lines: Line[];
}

const DAY_MS = 86_400_000;
const MAX_RELEASES = 5;

export async function status(deployment: Deployment, options: { json?: boolean }): Promise<void> {
  await withClients(deployment, async (clients) => {
    const functions = await withAwsHints(deployment, 'status', () =>
      readFunctions(clients.lambda, deployment),
    );
    if (functions.length === 0) {
      throw new CliError(
        `there is no deployment "${deployment.environment}" (no function ${resourceName(deployment, '…')})`,
        'Check the name and the region.',
      );
    }
    const sections = await Promise.all([
      section(deployment, 'versions', async () => describeFunctions(functions)),
      section(deployment, 'releases', async () => describeReleases(functions)),
      section(deployment, 'canaries', () =>
        describeCanaries(
          clients,
          deployment,
          functions.map(({ part }) => part),
        ),
      ),
      section(deployment, 'alarms', () => describeAlarms(clients, deployment)),
      section(deployment, 'queues', () => describeQueues(clients, deployment)),
      section(deployment, 'keys', () => describeKeys(clients, deployment)),
      section(deployment, 'roll-ups', () => describeRollups(deployment)),
    ]);
    if (options.json) print(safeJson(toJson(deployment, sections), 2));
    else show(sections);
  });
}

/** A part that cannot be read hides no other: it says why. */
async function section(deployment: Deployment, title: string, read: () => Promise<Line[]>): Promise<Section> {
  try {
    return { title, lines: await withAwsHints(deployment, title, read) };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { title, lines: [{ part: '', says: `unknown: ${says}`, value: null, isWrong: true }] };
  }
}

type Functions = Awaited<ReturnType<typeof readFunctions>>;

function describeFunctions(functions: Functions): Line[] {
  return functions.map(({ part, live, shares, rolledBackFrom, published }) => {
    const shared = [...shares].map(
      ([version, share]) => `${Math.round(share * 100)} % to version ${version}`,
    );
    const from = rolledBackFrom === undefined ? [] : [`rolled back from version ${rolledBackFrom}`];
    const release = published.get(live);
    return {
      part,
      says: [`version ${live}${release ? ` (${release})` : ''}`, ...shared, ...from].join(', '),
      value: { version: live, release: release ?? null, shares: Object.fromEntries(shares) },
    };
  });
}

/** Newest first: those that `rollback --to` takes. */
function describeReleases(functions: Functions): Line[] {
  const releases = new Map<string, string[]>();
  for (const { part, published } of functions) {
    for (const [version, release = String(version)] of published) {
      releases.set(release, [...(releases.get(release) ?? []), `${part} ${version}`]);
    }
  }
  return [...releases]
    .reverse()
    .slice(0, MAX_RELEASES)
    .map(([release, versions]) => ({ part: release, says: versions.join(', '), value: versions }));
}

async function describeCanaries(clients: Clients, deployment: Deployment, parts: string[]): Promise<Line[]> {
  const { underWay } = await readRollouts(clients.codeDeploy, deployment, parts);
  if (underWay.length === 0) return [{ part: '', says: 'none under way', value: [] }];
  return underWay.map(({ part, id }) => ({ part, says: `${id} is under way`, value: id }));
}

async function describeAlarms(clients: Clients, deployment: Deployment): Promise<Line[]> {
  const alarms = await readAlarms(clients.cloudWatch, deployment);
  const ringing = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  if (ringing.length === 0) {
    return [{ part: '', says: `none of ${alarms.length} in state ALARM`, value: [] }];
  }
  return ringing.map(({ AlarmName = '', StateUpdatedTimestamp }) => ({
    part: AlarmName,
    says: `in state ALARM since ${StateUpdatedTimestamp?.toISOString() ?? 'unknown'}`,
    value: 'ALARM',
    isWrong: true,
  }));
}

async function describeQueues(clients: Clients, deployment: Deployment): Promise<Line[]> {
  const queues = await readQueues(clients, deployment);
  if (!queues) return [{ part: '', says: 'no buffer: ingest writes to the tables', value: [] }];
  const { buffer, deadLetters, oldestSeconds } = queues;
  const age = oldestSeconds === undefined ? 'age unknown' : `the oldest for ${oldestSeconds} s`;
  return [
    {
      part: 'buffer',
      says: `${buffer} batches, ${age}`,
      value: { batches: buffer, oldest_seconds: oldestSeconds ?? null },
    },
    {
      part: 'dead-letters',
      says: `${deadLetters} batches`,
      value: { batches: deadLetters },
      isWrong: deadLetters > 0,
    },
  ];
}

function describeKeys(clients: Clients, deployment: Deployment): Promise<Line[]> {
  return Promise.all(
    SECRET_NAMES.map(async (name) => {
      const { value, changedAt } = await readVersion(clients.secrets, secretName(deployment, name));
      const days = changedAt ? Math.floor((Date.now() - changedAt.getTime()) / DAY_MS) : undefined;
      const old = value.previous.length;
      const says = `changed ${days === undefined ? 'at an unknown time' : `${days} days ago`}${old > 0 ? `, ${old} older still accepted` : ''}`;
      return { part: name, says, value: { changed_at: changedAt?.toISOString() ?? null, older: old } };
    }),
  );
}

async function describeRollups(deployment: Deployment): Promise<Line[]> {
  const sites = await readLastRollups(deployment);
  if (sites.length === 0) return [{ part: '', says: 'no site had traffic within 8 days', value: [] }];
  return sites.map(({ site, through }) => {
    const at = through === undefined ? undefined : new Date(through).toISOString();
    return {
      part: site,
      says: at === undefined ? 'nothing rolled up yet' : `stored up to ${at}`,
      value: at ?? null,
    };
  });
}

function show(sections: Section[]): void {
  for (const { title, lines } of sections) {
    print(style('bold', title));
    for (const { part, says, isWrong } of lines) {
      const text = replaceControlChars(says);
      print(`  ${part.padEnd(part ? 14 : 0)}${part ? ' ' : ''}${isWrong ? style('red', text) : text}`);
    }
  }
}

const toJson = ({ environment }: Deployment, sections: Section[]) => ({
  deployment: environment,
  ...Object.fromEntries(
    sections.map(({ title, lines }) => [
      title.replace('-', ''),
      lines.map(({ part, says, value }) => ({ name: part, says, value })),
    ]),
  ),
});
