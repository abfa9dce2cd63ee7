/** Lock files of examples name no host: npm finds each package by its version, in whatever registry it is told to use. */

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
}

interface LockFile {
  packages: Record<string, Entry>;
}

const OURS = /^node_modules\/((?:@liveinsight\/[a-z]+|liveinsight))$/;

/** @param packed files of our packages, by name: installed in place of what the registry has */
export function withPacked(text: string, packed: Record<string, string>): string {
  return change(text, (name, entry) => {
    const file = packed[name];
    if (file === undefined) throw new Error(`${name} is not packed`);
    return { ...entry, resolved: `file:${file}` };
  });
}

/** Ours as the registry has them: what they are packed into differs with each build. */
export const withoutPacked = (text: string): string =>
  change(text, (_, { resolved, integrity, ...entry }) => entry);

function change(text: string, replace: (name: string, entry: Entry) => Entry): string {
  const lock: LockFile = JSON.parse(text);
  for (const [path, entry] of Object.entries(lock.packages)) {
    const [, name] = OURS.exec(path) ?? [];
    if (name !== undefined) lock.packages[path] = replace(name, entry);
  }
  return `${JSON.stringify(lock, null, 2)}\n`;
}
