import { readFileSync, writeFileSync } from 'node:fs';
import { addressFile } from './address-file.js';
import { answers, startPostgresServer } from './postgres-server.js';

/** The PostgreSQL that all specs of one test worker share; each makes databases of its own in it. */
export interface SharedPostgres {
  /** The superuser's address. */
  readonly adminUrl: string;
  /** Says that this spec is done with it. The server goes on for the next spec and ends with the worker. */
  stop(): Promise<void>;
}

let shared: Promise<string> | undefined;

/** Starts PostgreSQL for this process, or finds the one that an earlier spec of it started. */
export async function startPostgres(): Promise<SharedPostgres> {
  shared ??= findOrStart();
  return { adminUrl: await shared, stop: () => Promise.resolve() };
}

async function findOrStart(): Promise<string> {
  const known = readAddress();
  if (known && (await answers(known))) return known;
  const { adminUrl } = await startPostgresServer();
  writeFileSync(addressFile, adminUrl);
  return adminUrl;
}

function readAddress(): string | undefined {
  try {
    return readFileSync(addressFile, 'utf8');
  } catch {
    return undefined;
  }
}
