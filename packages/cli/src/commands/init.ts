/** `liveinsight init`: adds the tag or the collector to a project. */
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { Done, Outcome } from '../init/steps.js';
import { parseUrl } from '../options.js';
import { print, replaceControlCharsInLines, style } from '../print.js';

interface InitOptions {
  site?: string;
  collector: string;
  dryRun?: boolean;
}

const TITLES: Record<Outcome, string> = {
  created: 'Created',
  changed: 'Changed',
  already: 'Already there',
  left: 'Left to you',
};

export function initCommand(): Command {
  return new Command('init')
    .description('add the tracker, or the collector, to the project in this folder')
    .option('-s, --site <id>', "site id (default: the project's name)")
    .option(
      '-c, --collector <url>',
      'collector that pages without a server send to',
      parseUrl,
      'http://localhost:4000',
    )
    .option('--dry-run', 'show what would be done, and do nothing')
    .addHelpText(
      'after',
      '\nRecognizes Next.js, Nuxt, SvelteKit, Astro, React Router, Nest, Hono, Fastify, Express, Angular, Vite and HTML.' +
        '\nIt overwrites nothing, and can be run again.',
    )
    .action(init);
}

async function init({ site, collector, dryRun = false }: InitOptions): Promise<void> {
  const [{ openProject }, { recognise }, { takeSteps }] = await Promise.all([
    import('../init/project.js'),
    import('../init/recognise.js'),
    import('../init/steps.js'),
  ]);
  const project = openProject('.');
  const framework = recognise(project);
  if (!framework)
    throw new CliError(
      'this folder has no project that liveinsight init knows',
      'Run it in the folder of your package.json or index.html, or follow https://github.com/liveinsight/liveinsight#put-it-on-a-page.',
    );
  if (site !== undefined && !/^[a-z0-9._-]{1,64}$/.test(site))
    throw new CliError(`--site must be [a-z0-9._-]{1,64}, got ${JSON.stringify(site)}`, 'Choose another id.');
  const steps = framework.steps(project, site ?? project.siteId, collector);
  const done = takeSteps(project, steps, !dryRun);
  print(`${framework.name}${dryRun ? ' (dry run: nothing is written)' : ''}`);
  for (const one of done) show(one);
  const missing = steps.packages.filter((name) => !project.has(name));
  const todo = [...(missing.length > 0 ? [`${project.install} ${missing.join(' ')}`] : []), ...steps.left];
  print(`\n${style('bold', 'To do')}`);
  for (const line of todo) print(`  ${line}`);
}

function show({ outcome, path, lines }: Done): void {
  print(`\n${style('bold', `${TITLES[outcome]}: ${path}`)}`);
  if (outcome === 'left') print('  Add this:');
  const sign = outcome === 'left' ? '  ' : style('green', '+ ');
  for (const line of lines.split('\n').slice(0, lines.endsWith('\n') ? -1 : undefined))
    if (lines !== '') print(`${sign}${replaceControlCharsInLines(line)}`);
}
