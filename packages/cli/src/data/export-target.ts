/** Where exported files go: a folder or an S3 bucket. Files appear only once they are complete. */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-error.js';
import { withoutEndSlashes } from '../options.js';

export interface Target {
  /** When the file was written (ms since 1970); undefined where there is none. */
  writtenAt(name: string): Promise<number | undefined>;
  write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
}

/** A path, or `s3://bucket/prefix`. */
export function openTarget(target: string): Promise<Target> | Target {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:$|\/(.*))/s.exec(target) ?? [];
  if (bucket !== undefined) return bucketTarget(bucket, withoutEndSlashes(prefix));
  if (target.startsWith('s3:')) throw new CliError(`${target} has no bucket name`, 'Use s3://bucket/folder.');
  return folderTarget(target);
}

function folderTarget(folder: string): Target {
  return {
    async writtenAt(name) {
      return stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => undefined,
      );
    },
    async write(name, bytes) {
      await mkdir(folder, { recursive: true });
      const part = join(folder, `${name}.part`);
      await pipeline(Readable.from(bytes), createWriteStream(part));
      await rename(part, join(folder, name));
    },
  };
}

const CONNECTION_TIMEOUT_MS = 5_000;
/** A part of 5 MB on a slow line is sent within it; what takes longer is sent again. */
const RESPONSE_TIMEOUT_MS = 60_000;

/** Uploaded in parts: S3 shows the file once all of them are there. */
async function bucketTarget(bucket: string, prefix: string): Promise<Target> {
  const [{ HeadObjectCommand, S3Client }, { Upload }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/lib-storage'),
  ]);
  const client = new S3Client({
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: RESPONSE_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
  const at = (name: string) => ({ Bucket: bucket, Key: prefix ? `${prefix}/${name}` : name });
  return {
    async writtenAt(name) {
      try {
        const { LastModified } = await client.send(new HeadObjectCommand(at(name)));
        return LastModified?.getTime();
      } catch (error) {
        if (error instanceof Error && error.name === 'NotFound') return undefined;
        throw error;
      }
    },
    async write(name, bytes) {
      await new Upload({ client, params: { ...at(name), Body: Readable.from(bytes) } }).done();
    },
  };
}
