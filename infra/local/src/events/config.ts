import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventPlaces } from './event-places.js';

/** What the operator command is told by its environment; empty where the installation on this machine is meant. */
export interface EventsConfig {
  /** The bus, as services are told it (`CLEANROOM_BUS_URL`). */
  busUrl: string | undefined;
  /** Each service's database under its worker role (`CLEANROOM_DATABASE_WORKER_URLS`, JSON: service → address). */
  databases: Record<string, string>;
}

/** @throws RangeError when it cannot be read */
export function readEventsConfig(): EventsConfig {
  const { CLEANROOM_BUS_URL: busUrl, CLEANROOM_DATABASE_WORKER_URLS: databases = '{}' } = process.env;
  try {
    return { busUrl, databases: JSON.parse(databases) as Record<string, string> };
  } catch {
    throw new RangeError(
      'CLEANROOM_DATABASE_WORKER_URLS takes JSON such as {"billing":"postgres://…/billing"}',
    );
  }
}

/**
 * The bus and the database of the service in whose image this runs, from that service's environment and secrets.
 *
 * @throws RangeError when they are not there
 */
export function readOwnPlaces(service: string, env = process.env): EventPlaces {
  const [busUrl, database] = ['CLEANROOM_BUS_URL', 'CLEANROOM_DATABASE_WORKER_URL'].map((name) =>
    given(name, env),
  );
  if (!busUrl || !database)
    throw new RangeError('CLEANROOM_BUS_URL and CLEANROOM_DATABASE_WORKER_URL are needed, or their secrets');
  return { busUrl, databases: { [service]: database } };
}

/** A file wins, as it does for services. Not by their reader: that would bring half of a service into this small program. */
function given(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = env[`${name}_FILE`] || inFolder(env['CLEANROOM_SECRETS_FOLDER'], name);
  return file ? readFileSync(file, 'utf8').trimEnd() : env[name];
}

function inFolder(folder: string | undefined, name: string): string | undefined {
  const file = folder && join(folder, name);
  return file && existsSync(file) ? file : undefined;
}
