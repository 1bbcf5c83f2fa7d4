import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { PostgresPrograms } from './postgres-programs.js';

/** How a server is run on a cluster. */
export interface PostmasterPlan {
  databaseDir: string;
  port: number;
  /** Such as `fsync=off`. */
  settings: readonly string[];
  stdio: StdioOptions;
  /** Whether it is to outlive a signal to this process's group. @default false */
  detached?: boolean;
}

/** Starts a server on 127.0.0.1. It answers a moment later, or ends: after a crash the old one's backends hold its memory. */
export function spawnPostmaster(
  { postgres, runAs }: PostgresPrograms,
  { databaseDir, port, settings, stdio, detached = false }: PostmasterPlan,
): ChildProcess {
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
  return spawn(
    postgres,
    ['-D', databaseDir, '-p', String(port), ...flags.flatMap((setting) => ['-c', setting])],
    {
      ...runAs,
      cwd: '/',
      env: { LC_ALL: 'C' },
      stdio,
      detached,
    },
  );
}
