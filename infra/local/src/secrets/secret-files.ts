import { randomBytes } from 'node:crypto';
import type { InstallationKeys } from '../installation-keys.js';
import { serviceNames } from '../service-names.js';

/** Where an installation that is deployed has its stores. */
export interface Stores {
  /** `host:port` of PostgreSQL, as the services see it. */
  readonly postgres: string;
  /** Value of CLEANROOM_BUS_URL. */
  readonly bus: string;
}

const ROLES = ['owner', 'app', 'worker'] as const;
type Role = (typeof ROLES)[number];

/** Makes a password that needs no escaping, neither in an address nor in SQL. @default 24 random bytes in hex */
type MakePassword = () => string;
const randomPassword: MakePassword = () => randomBytes(24).toString('hex');

/**
 * Everything secret about an installation, as a map from path to content: in each service's folder a file for each
 * variable that it reads, named after it; and for the stores what makes them know the services.
 */
export function secretFiles(
  keys: InstallationKeys,
  stores: Stores,
  makePassword: MakePassword = randomPassword,
): Map<string, string> {
  const files = new Map<string, string>();
  const sql: string[] = [];
  for (const service of serviceNames) {
    const passwords = { owner: makePassword(), app: makePassword(), worker: makePassword() };
    sql.push(...databaseOf(service, passwords));
    const address = (role: Role) =>
      `postgres://${service}_${role}:${passwords[role]}@${stores.postgres}/${service}`;
    put(files, `${service}-migration`, { CLEANROOM_DATABASE_OWNER_URL: address('owner') });
    put(files, service, {
      CLEANROOM_DATABASE_URL: address('app'),
      CLEANROOM_DATABASE_WORKER_URL: address('worker'),
      CLEANROOM_BUS_URL: stores.bus,
      CLEANROOM_GATEWAY_KEY: keys.gatewayKey,
      CLEANROOM_MASTER_KEY: keys.masterKeys[service],
      CLEANROOM_RECIPIENT_PRIVATE_KEY: keys.recipientKeys[service]?.privateKey,
      ...(service === 'identity' ? { CLEANROOM_RECIPIENT_KEYS: publicKeys(keys) } : {}),
      ...(service === 'provisioning' ? { CLEANROOM_TICKET_KEY: keys.ticketKey } : {}),
    });
  }
  put(files, 'gateway', { CLEANROOM_GATEWAY_KEY: keys.gatewayKey });
  put(files, 'postgres', { 'databases.sql': `${sql.join('\n')}\n`, 'admin-password': makePassword() });
  put(files, 'grafana', { 'admin-password': makePassword() });
  return files;
}

function put(files: Map<string, string>, folder: string, values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) if (value) files.set(`${folder}/${name}`, value);
}

const publicKeys = ({ recipientKeys }: InstallationKeys): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(recipientKeys).map(([name, { publicKey }]) => [name, publicKey])),
  );

/** One statement a line. Since PostgreSQL 15 the schema `public` is its database's owner's, and everybody may use it. */
const databaseOf = (name: string, passwords: Record<Role, string>): string[] => [
  ...ROLES.map(
    (role) =>
      `CREATE ROLE ${name}_${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '${passwords[role]}';`,
  ),
  `CREATE DATABASE ${name} OWNER ${name}_owner ENCODING 'UTF8' TEMPLATE template0;`,
  `REVOKE ALL ON DATABASE ${name} FROM PUBLIC;`,
  `GRANT CONNECT ON DATABASE ${name} TO ${name}_app, ${name}_worker;`,
];
