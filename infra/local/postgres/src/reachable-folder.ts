import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where files outlive a restart of the machine and every user may enter (FHS 3.0, §5.15). */
const OPEN_TO_ALL = '/var/tmp';
const OTHERS_ENTER = 0o001;
const OTHERS_WRITE = 0o022;

/**
 * The folder itself where this process may run PostgreSQL in it. As root PostgreSQL runs as another user: where that user
 * cannot enter the folder, one in its stead is made that belongs to root and to this folder alone.
 *
 * @param folder absolute, or relative to the working folder
 * @throws Error where somebody else made the folder in its stead, and could change what runs from it
 */
export function reachableFolder(folder: string): string {
  const path = resolve(folder);
  if (process.getuid?.() !== 0 || everyoneEnters(path)) return path;
  const name = `cleanroom-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
  const stead = join(OPEN_TO_ALL, name);
  mkdirSync(stead, { recursive: true, mode: 0o755 });
  const { uid, mode } = lstatSync(stead);
  if (uid !== 0 || mode & OTHERS_WRITE) throw new Error(`${stead} can be changed by others than root.`);
  return stead;
}

/** What is not there yet will be made with the rights that the parent allows. */
function everyoneEnters(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  const enters = !stats || (stats.mode & OTHERS_ENTER) !== 0;
  return enters && (path === dirname(path) || everyoneEnters(dirname(path)));
}
