import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import type { PostgresPrograms } from './postgres-programs.js';

/** How a new cluster is made. */
export interface NewDatabase {
  /** Must not be there yet, or be empty. Its parent is a folder that the programs' user can enter. */
  databaseDir: string;
  /** Of the superuser `postgres`; without one everybody on this machine may connect, which is for throw-away data only. */
  password?: string;
  /** @default true; false where the data may be lost with the machine */
  sync?: boolean;
}

/**
 * Makes a cluster with the superuser `postgres`, UTF-8 and byte order.
 *
 * @throws Error with what `initdb` said
 */
export async function initialiseDatabase(
  programs: PostgresPrograms,
  { databaseDir, password, sync = true }: NewDatabase,
): Promise<void> {
  await mkdir(databaseDir, { recursive: true, mode: 0o700 });
  await give(databaseDir, programs);
  const passwordFile = `${databaseDir}-${randomBytes(4).toString('hex')}.password`;
  try {
    if (password) {
      await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
      await give(passwordFile, programs);
    }
    await runInitdb(programs, [
      `--pgdata=${databaseDir}`,
      '--username=postgres',
      ...(password ? ['--auth=scram-sha-256', `--pwfile=${passwordFile}`] : ['--auth=trust']),
      '--encoding=UTF8',
      '--no-locale',
      ...(sync ? [] : ['--no-sync']),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function give(path: string, { runAs: { uid, gid } }: PostgresPrograms): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

function runInitdb({ initdb, runAs }: PostgresPrograms, args: string[]): Promise<void> {
  // The folder of this process may be closed to the user that the program runs as.
  const child = spawn(initdb, args, {
    ...runAs,
    cwd: '/',
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`initdb ended with ${signal ?? code}:\n${said}`)),
    );
  });
}
