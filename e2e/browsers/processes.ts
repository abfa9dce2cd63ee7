/** Finds the page processes of a browser that we started, and signals to them. */
import { readdirSync, readFileSync } from 'node:fs';

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

const parentOf = (pid: number): number => {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
};

/** Processes below `root`, itself not among them. */
const descendants = (root: number): number[] => {
  const pids = readdirSync('/proc').map(Number).filter(Boolean);
  const children = new Map<number, number[]>();
  for (const pid of pids) children.set(parentOf(pid), [...(children.get(parentOf(pid)) ?? []), pid]);
  const below = (pid: number): number[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(root);
};

/** Processes below `root` whose command `isPage` knows. */
export const findDescendants = (root: number, isPage: RegExp): number[] =>
  descendants(root).filter((pid) => isPage.test(commandOf(pid)));

export const signalAll = (pids: number[], signal: NodeJS.Signals): void => {
  for (const pid of pids) process.kill(pid, signal);
};

/** Stops processes for a while; those that end meanwhile are left alone. */
export async function suspend(pids: number[], ms: number): Promise<void> {
  signalAll(pids, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (const pid of pids) if (commandOf(pid)) process.kill(pid, 'SIGCONT');
}
