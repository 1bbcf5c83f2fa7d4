import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const GONE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Where a broker's folder says which process runs on it. */
export const pidFile = (folder: string): string => join(folder, 'broker.pid');

/**
 * Ends the broker of a folder whose keeper was killed: it holds the folder and the port. Only who may use the folder may
 * call this.
 */
export async function stopOrphanedBroker(folder: string): Promise<void> {
  const pid = brokerOf(folder);
  if (pid === undefined) return;
  process.kill(pid, 'SIGKILL');
  const deadline = performance.now() + GONE_WITHIN_MS;
  while (brokerOf(folder) !== undefined && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

/** The number in a stale file may belong to somebody else's process by now: a broker names its folder. */
function brokerOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile(folder), 'utf8'));
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder) ? pid : undefined;
  } catch {
    return undefined;
  }
}
