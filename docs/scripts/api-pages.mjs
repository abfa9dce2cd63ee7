/** A page for each entry point of the packages, from their types, in `reference/api/`. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Application, Converter, ReflectionKind } from 'typedoc';

const root = new URL('../../', import.meta.url);
const out = fileURLToPath(new URL('../reference/api/', import.meta.url));
// Not the CDK construct: its types are those of aws-cdk-lib, which take longer to read than all others.
const PACKAGES = ['tracker', 'collector', 'node', 'schema', 'testing', 'cli'];

/** @returns {Promise<number>} how many entry points there are */
export async function writeApiPages() {
  rmSync(out, { recursive: true, force: true });
  const all = PACKAGES.flatMap(entriesOf);
  // Some entry points share their types, as the extended tracker and the one that logs.
  const entries = all.filter(({ types }, index) => all.findIndex((other) => other.types === types) === index);
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: entries.map(({ types }) => types),
    tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
    skipErrorChecking: true,
    excludeExternals: true,
    disableSources: true,
    readme: 'none',
    logLevel: 'Error',
    outputs: [{ name: 'markdown', path: out }],
    // Options of the plugin, which TypeDoc's types do not know.
    ...{
      outputFileStrategy: 'modules',
      flattenOutputFiles: true,
      hidePageHeader: true,
      hideBreadcrumbs: true,
      useCodeBlocks: true,
      parametersFormat: 'table',
      interfacePropertiesFormat: 'table',
      typeDeclarationFormat: 'table',
    },
  });
  // TypeDoc names a module by its file: `collector/dist/adapters/express`.
  const names = new Map(
    entries.map(({ types, name }) => [types.split('/packages/')[1]?.replace(/(\/index)?\.d\.ts$/, ''), name]),
  );
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    // The schemas of Valibot: pages of types that HTTP's reference says in words.
    for (const variable of project.getReflectionsByKind(ReflectionKind.Variable))
      if (variable.name.endsWith('Schema') || variable.name.endsWith('SCHEMAS'))
        project.removeReflection(variable);
    for (const module of project.getReflectionsByKind(ReflectionKind.Module))
      module.name = names.get(module.name) ?? module.name;
  });
  const project = await app.convert();
  if (!project) throw new Error('TypeDoc could not read the types of the packages');
  await app.generateOutputs(project);
  for (const file of readdirSync(out)) {
    const text = readFileSync(out + file, 'utf8').replaceAll('](@liveinsight.', '](liveinsight.');
    rmSync(out + file);
    if (file !== 'README.md') writeFileSync(out + file.replace('@', ''), text);
  }
  return entries.length;
}

/** @param {string} folder */
function entriesOf(folder) {
  const base = new URL(`packages/${folder}/`, root);
  const manifest = JSON.parse(readFileSync(new URL('package.json', base), 'utf8'));
  return Object.entries(manifest.exports).flatMap(([path, target]) =>
    typeof target === 'object' && target.types
      ? [{ name: manifest.name + path.slice(1), types: fileURLToPath(new URL(target.types, base)) }]
      : [],
  );
}
