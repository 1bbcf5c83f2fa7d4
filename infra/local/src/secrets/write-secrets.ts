import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StopWithMessage } from '../stop-with-message.js';

/**
 * Writes secrets into a new folder. Only its owner may enter it; the files themselves anybody may read, for containers
 * are handed them one by one, and run as nobody.
 *
 * @throws StopWithMessage when there is anything in the folder: keys that are lost cannot be made anew
 */
export function writeSecrets(folder: string, files: ReadonlyMap<string, string>): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new StopWithMessage(`${folder} holds something already; keys that were made are never replaced.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [path, content] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o444, flag: 'wx' });
  }
}
