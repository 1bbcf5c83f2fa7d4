import pg from 'pg';

export interface PrepareOptions {
  /** A superuser's connection address, to any database of the cluster. */
  readonly adminUrl: string;
  /** Name of the database: lower case letters, digits and underscores. */
  readonly name: string;
  readonly passwords: { readonly owner: string; readonly app: string; readonly worker: string };
}

/** Connection addresses of the three roles of one database. */
export interface PreparedDatabase {
  /** Owns the tables; migrations run under it. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
}

/**
 * Creates a database and its roles `<name>_owner`, `<name>_app` and `<name>_worker`, or sets their passwords where they
 * exist. None of them passes row-level security; nobody else may connect.
 */
export async function prepareDatabase({
  adminUrl,
  name,
  passwords,
}: PrepareOptions): Promise<PreparedDatabase> {
  if (!/^[a-z][a-z0-9_]{0,55}$/.test(name)) throw new RangeError(`${name} is no name for a database`);
  const roles = (['owner', 'app', 'worker'] as const).map((role) => ({
    role: `${name}_${role}`,
    password: passwords[role],
  }));
  await asAdmin(adminUrl, async (client) => {
    for (const { role, password } of roles) await ensureRole(client, role, password);
    await ensureDatabase(client, name, `${name}_owner`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${name}_app, ${name}_worker`);
  });
  await asAdmin(withDatabase(adminUrl, name), async (client) => {
    await client.query(`ALTER SCHEMA public OWNER TO ${name}_owner`);
    await client.query(`GRANT USAGE ON SCHEMA public TO ${name}_app, ${name}_worker`);
  });
  return {
    ownerUrl: addressOf(adminUrl, name, `${name}_owner`, passwords.owner),
    appUrl: addressOf(adminUrl, name, `${name}_app`, passwords.app),
    workerUrl: addressOf(adminUrl, name, `${name}_worker`, passwords.worker),
  };
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount ? 'ALTER' : 'CREATE';
  await client.query(
    `${verb} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
  );
}

async function ensureDatabase(client: pg.Client, name: string, owner: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (!rowCount)
    await client.query(`CREATE DATABASE ${name} OWNER ${owner} ENCODING 'UTF8' TEMPLATE template0`);
}

function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}

function addressOf(adminUrl: string, database: string, role: string, password: string): string {
  const address = new URL(withDatabase(adminUrl, database));
  address.username = role;
  address.password = encodeURIComponent(password);
  return address.toString();
}
