import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  initialiseDatabase,
  postgresPrograms,
  spawnPostmaster,
  type PostgresPrograms,
} from '@cleanroom/postgres-server';
import pg from 'pg';
import { addressFile } from './address-file.js';
import { freePort } from './free-port.js';
import { throwAwayPlace } from './throw-away-place.js';

/** A throw-away PostgreSQL on 127.0.0.1 with its own folder. */
export interface PostgresServer {
  /** The superuser's address. */
  readonly adminUrl: string;
  /** Ends the postmaster as `kill -9` does; connections break and nothing is flushed. */
  kill(): void;
  /** Starts it again in the same folder and on the same port; waits for orphan backends to go. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** Unsafe on purpose: a test's data need not survive the machine, only the server's own death. */
const settings = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=on',
  'max_connections=200',
  'shared_buffers=32MB',
  'jit=off',
  'max_parallel_workers_per_gather=0',
  'idle_session_timeout=0',
  // Nothing here lives long enough to be tidied up, and with hundreds of databases somebody would always be at it.
  'autovacuum=off',
  'bgwriter_lru_maxpages=0',
  'checkpoint_timeout=1h',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_logical_replication_workers=0',
];
const START_DEADLINE_MS = 60_000;

/** Ends the server and removes its folder once its owner is gone, however that died. */
const watch = `
  while kill -0 "$1" 2>/dev/null; do [ -d "$2" ] || exit 0; sleep 1; done
  kill -QUIT "$(head -n 1 "$2/postmaster.pid")" 2>/dev/null; sleep 1; shift 2; rm -rf "$@"`;

/** Initialises and starts a server; it ends with this process. */
export async function startPostgresServer(): Promise<PostgresServer> {
  // Programs in the temporary folder, for memory may be mounted so that nothing runs from it.
  const programsFolder = await newFolder(tmpdir(), 'postgres-programs');
  const folder = await newFolder(throwAwayPlace(), 'postgres');
  const databaseDir = join(folder, 'data');
  const programs = await postgresPrograms(programsFolder);
  await initialiseDatabase(programs, { databaseDir, sync: false });
  const watchArgs = [String(process.pid), databaseDir, folder, programsFolder, addressFile];
  spawn('sh', ['-c', watch, 'watch', ...watchArgs], { detached: true, stdio: 'ignore' }).unref();
  const port = await freePort();
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const start = () => startPostmaster(() => spawnServer(programs, databaseDir, port), adminUrl);
  await start();
  return {
    adminUrl,
    kill: () => signalPostmaster(databaseDir, 'SIGKILL'),
    restart: start,
    stop: async () => {
      signalPostmaster(databaseDir, 'SIGQUIT');
      for (const each of [folder, programsFolder])
        await rm(each, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

/** A folder of this process that the user can enter as whom PostgreSQL runs. */
async function newFolder(place: string, what: string): Promise<string> {
  const folder = await mkdtemp(join(place, `cleanroom-${what}-${process.pid}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** Whether a server answers at this address. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function startPostmaster(spawnAgain: () => ChildProcess, adminUrl: string): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MS;
  let postmaster: ChildProcess | undefined;
  while (performance.now() < deadline) {
    // Orphan backends of a killed postmaster hold its memory for a moment, and a new one then gives up at once.
    if (!postmaster || postmaster.exitCode !== null) postmaster = spawnAgain();
    await sleep(30);
    if (postmaster.exitCode === null && (await answers(adminUrl))) return;
  }
  throw new Error(`PostgreSQL did not answer within ${START_DEADLINE_MS} ms at ${adminUrl}`);
}

function spawnServer(programs: PostgresPrograms, databaseDir: string, port: number): ChildProcess {
  const postmaster = spawnPostmaster(programs, {
    databaseDir,
    port,
    settings,
    stdio: 'ignore',
    detached: true,
  });
  postmaster.unref();
  return postmaster;
}

function signalPostmaster(databaseDir: string, signal: NodeJS.Signals): void {
  try {
    process.kill(Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0]), signal);
  } catch {
    // It is gone already.
  }
}
