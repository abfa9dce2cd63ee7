/** A package as a registry has it: what it says of it, and what is in its file. */
import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface PublishedPackage {
  /** Of the version that is tagged `latest`. */
  manifest: Record<string, unknown> & { version: string; dist: { tarball: string; integrity: string } };
  readme: string;
  /** Text by path, as `package/README.md`. */
  files: Record<string, string>;
}

export async function readPublished(registry: string, name: string): Promise<PublishedPackage> {
  const document = await (await fetch(`${registry}/${name.replace('/', '%2f')}`)).json();
  const manifest = document.versions[document['dist-tags'].latest];
  const tarball = await (await fetch(manifest.dist.tarball)).arrayBuffer();
  return { manifest, readme: document.readme, files: readTar(gunzipSync(Buffer.from(tarball))) };
}

const BLOCK = 512;

/** Regular files of npm's tarballs: names of up to 100 characters after a prefix of up to 155. */
function readTar(tar: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const text = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const name = posix.join(text(345, 155), text(0, 100));
    const size = Number.parseInt(text(124, 12), 8) || 0;
    if (text(0, 100) !== '' && /^0?$/.test(text(156, 1)))
      files[name] = tar.toString('utf8', at + BLOCK, at + BLOCK + size);
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return files;
}

/** Maps and files that name what is not published: sources that a debugger would look for in vain. */
export function danglingSources(files: Record<string, string>): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const [, mapName] = /\n\/\/# sourceMappingURL=(?!data:)(\S+)\s*$/.exec(text) ?? [];
    if (mapName !== undefined && !(posix.join(posix.dirname(path), mapName) in files))
      return [`${path}: ${mapName}`];
    if (!path.endsWith('.map')) return [];
    const { sources, sourcesContent = [] }: { sources: string[]; sourcesContent?: (string | null)[] } =
      JSON.parse(text);
    return sources
      .filter((source, at) => /^(\/|[a-z]:|file:)/i.test(source) || typeof sourcesContent[at] !== 'string')
      .filter((source) => !(posix.join(posix.dirname(path), source) in files))
      .map((source) => `${path}: ${source}`);
  });
}
