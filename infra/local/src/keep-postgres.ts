import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  initialiseDatabase,
  postgresPrograms,
  spawnPostmaster,
  type PostgresPrograms,
} from '@cleanroom/postgres-server';

const START_TRIES = 20;
const TRY_AGAIN_MS = 250;
/** What PostgreSQL 18 says on standard error once it can be connected to. */
const READY = 'database system is ready to accept connections';

/** What the launcher sends once, over the channel: a password has no place in a command line. */
export interface PostgresOrder {
  databaseDir: string;
  port: number;
  password: string;
}

/** Small, because many processes share the machine with it. */
const settings = [
  'max_connections=200',
  'shared_buffers=48MB',
  'jit=off',
  'max_parallel_workers_per_gather=0',
];

process.once('message', (order: PostgresOrder) => {
  keep(order).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});

async function keep({ databaseDir, port, password }: PostgresOrder): Promise<void> {
  const programs = await postgresPrograms(dirname(databaseDir));
  if (!existsSync(join(databaseDir, 'PG_VERSION')))
    await initialiseDatabase(programs, { databaseDir, password });
  const postmaster = await startPatiently(programs, databaseDir, port);
  let stopping = false;
  // This process must not outlive it, nor end before it.
  postmaster.once('exit', () => process.exit(stopping ? 0 : 1));
  const stop = () => {
    stopping = true;
    postmaster.kill('SIGINT');
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', () => undefined);
  process.on('disconnect', stop);
  process.send?.('ready');
}

/** After a crash the backends of the old server hold its memory for a moment longer. */
async function startPatiently(
  programs: PostgresPrograms,
  databaseDir: string,
  port: number,
): Promise<ChildProcess> {
  for (let tries = 1; tries <= START_TRIES; tries++) {
    const postmaster = spawnPostmaster(programs, {
      databaseDir,
      port,
      settings,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    if (await becomesReady(postmaster)) return postmaster;
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  }
  throw new Error('PostgreSQL did not start; see its log');
}

/** Whether it can be connected to; false where it ended instead. What it says goes to the log. */
function becomesReady(postmaster: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    postmaster.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      if (chunk.includes(READY)) resolve(true);
    });
    postmaster.once('error', () => resolve(false));
    postmaster.once('exit', () => resolve(false));
  });
}
