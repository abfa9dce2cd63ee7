/** Whether this Node is one that the collector runs on. */
const FIRST_VERSION = [20, 19] as const;

/** @throws Error that names both versions. Other runtimes claim a version of Node's that they are compatible with. */
export function checkNodeVersion(version: string | undefined = process.versions.node): void {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const isOlder = major < FIRST_VERSION[0] || (major === FIRST_VERSION[0] && minor < FIRST_VERSION[1]);
  if (version !== undefined && isOlder)
    throw new Error(`LiveInsight needs Node ${FIRST_VERSION.join('.')} or later; this is Node ${version}`);
}
