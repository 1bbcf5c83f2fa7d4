import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const GONE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 50;

/**
 * Ends the database server of a folder that nobody keeps any more: its keeper was killed. It holds the folder and the
 * port, so that nothing could start. Only who holds the folder's lock may call this.
 */
export async function stopOrphanedPostgres(databaseDir: string): Promise<void> {
  const pid = postmasterOf(databaseDir);
  if (pid === undefined || !isPostgres(pid)) return;
  process.kill(pid, 'SIGQUIT');
  const deadline = performance.now() + GONE_WITHIN_MS;
  while (isPostgres(pid) && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

/** Process id of the server that runs, or ran, on a folder. */
export function postmasterOf(databaseDir: string): number | undefined {
  const file = join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, folder] = readFileSync(file, 'utf8').split('\n');
  return folder === databaseDir ? Number(pid) : undefined;
}

/** The number in a stale file may belong to somebody else's process by now. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}
