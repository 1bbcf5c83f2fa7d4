import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Stores } from './secret-files.js';

/** What the command line asks for. */
export interface SecretsOrder extends Stores {
  readonly folder: string;
}

export const usage = `npm run secrets -- [--folder infra/compose/secrets] [--postgres host:port] [--bus kafka://host:port]

Makes the keys and passwords of a new installation: a folder for each service with a file for each secret that it
reads, and databases.sql, which an administrator of PostgreSQL runs once.

  --folder     a folder that does not exist yet, or is empty (default infra/compose/secrets)
  --postgres   where the services find PostgreSQL (default postgres:5432)
  --bus        where they find Kafka, in full as CLEANROOM_BUS_URL takes it (default kafka://kafka:9092)`;

/** @throws Error with a sentence that names what it does not understand */
export function readOrder(args: string[], root: string): SecretsOrder {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string', default: 'infra/compose/secrets' },
      postgres: { type: 'string', default: 'postgres:5432' },
      bus: { type: 'string', default: 'kafka://kafka:9092' },
    },
  });
  const { folder, postgres, bus } = values;
  if (folder.trim() === '') throw new Error('--folder takes the name of a folder.');
  if (!/^[\w.-]+:\d+$/.test(postgres)) throw new Error(`--postgres takes host:port, not "${postgres}".`);
  // Not repeated: it may hold a password.
  if (!/^(kafka|postgres):\/\/\S+$/.test(bus))
    throw new Error('--bus takes an address such as kafka://host:port.');
  return { folder: resolve(root, folder), postgres, bus };
}
