import { readFileSync } from 'node:fs';
import { RunnerState, StaticIpStatus, topics } from '@cleanroom/contracts';
import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import type { EntityManager } from 'typeorm';
import { connectProject } from './connect-project.js';
import { GITLAB_TOKEN, IdentityWorld, newId } from './identity-world.js';
import { MachineClient } from './machine-client.js';

const CONNECT_GITLAB = `mutation($input: ConnectGitLabInput!) { payload: connectGitLab(input: $input) { gitlab { id } } }`;
const TOKENS = `{ viewer { organization { apiTokens { id } } } }`;
const ENTITIES = `query($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Organization { id name } ... on HetznerProject { id name } ... on GitLabConnection { id url }
  ... on ApiToken { id name } ... on Runner { staticIp { address } identity { subject } } } }`;
const schema = readFileSync(new URL('../src/adapters/graphql/identity.graphql', import.meta.url), 'utf8');
/** Tables of the messaging library, which tests them itself. */
const MESSAGING = ['outbox', 'inbox', 'dead_letter', 'change_log', 'change_counter'];

let world: IdentityWorld;
let acme: string;
let firstToken: string;
let globex: string;
let machine: MachineClient;
let tables: string[];
/** What acme has, by GraphQL type. */
let ids: Record<string, string>;

beforeAll(async () => {
  world = await IdentityWorld.start();
  const { organizationId, tokens } = await world.organization();
  acme = organizationId;
  firstToken = tokens[0]?.secret.reveal() ?? '';
  globex = (await world.organization('Globex')).organizationId;
  machine = new MachineClient(world, acme);
  ids = await furnish();
  const found = await world.db.asAdmin(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY 1`,
  );
  tables = found.map(({ name }) => String(name)).filter((name) => !MESSAGING.includes(name));
});
afterAll(() => world.stop());

/** Gives acme one row of everything. */
async function furnish(): Promise<Record<string, string>> {
  const { token } = await world.newProject();
  const hetznerProjectId = await connectProject(world, acme, token);
  const input = { name: 'GitLab', url: world.gitlab.url, accessToken: GITLAB_TOKEN };
  const gitlab = await world.ask(world.caller(acme), CONNECT_GITLAB, { input });
  const { runnerId, poolId } = machine;
  await world.tell(topics.pool, { poolId, organizationId: acme, hetznerProjectId });
  await machine.announce();
  const runner = { runnerId, poolId, organizationId: acme, hetznerProjectId, locations: ['fsn1'] };
  await world.tell(topics.runner, { ...runner, state: RunnerState.REQUESTED });
  await eventually(async () =>
    expect((await world.published(topics.staticIp)).at(-1)).toMatchObject({ status: StaticIpStatus.ACTIVE }),
  );
  await machine.enrol();
  await world.tell(topics.budget, { scopeId: acme, organizationId: acme, version: 1n, holds: true });
  await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM budget')).toHaveLength(1));
  await machine.call('GET', '/machine/v1/token?audience=a');
  await world.call({ method: 'POST', path: '/auth/session', body: { token: firstToken } });
  // Of a project that no sweep looks at, or the next one would forget it.
  await world.db.asAdmin(`INSERT INTO sighted_ip VALUES ($1, $2, 1)`, [acme, newId('hetznerProject')]);
  const tokens = (await world.ask(world.caller(acme), TOKENS)) as unknown as {
    data: { viewer: { organization: { apiTokens: { id: string }[] } } };
  };
  return {
    Organization: acme,
    HetznerProject: hetznerProjectId,
    GitLabConnection: (gitlab.data as unknown as { payload: { gitlab: { id: string } } }).payload.gitlab.id,
    ApiToken: tokens.data.viewer.organization.apiTokens[0]?.id ?? '',
    Runner: runnerId,
  };
}

describe('another organisation', () => {
  const asGlobex = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> =>
    inOrganization(world.db, globex, work);

  it('neither sees nor changes a row of any table', async () => {
    expect(tables).toHaveLength(14);
    for (const table of tables) {
      const ours = `FROM ${table} WHERE organization_id = '${acme}'`;
      const rows = await world.db.asAdmin(`SELECT 1 ${ours}`);
      expect([table, rows.length > 0]).toEqual([table, true]);
      expect([table, await asGlobex((tx) => tx.query<unknown[]>(`SELECT 1 ${ours}`))]).toEqual([table, []]);
      if (table === 'audit_log') continue;
      const [, deleted] = await asGlobex((tx) => tx.query<[unknown, number]>(`DELETE ${ours}`));
      expect([table, deleted]).toEqual([table, 0]);
    }
  });

  it('cannot be written for, nor can a row be read without any organisation set', async () => {
    for (const table of tables) {
      await expect(world.db.app.query(`SELECT 1 FROM ${table}`)).rejects.toThrow(/no organisation is set/);
      const give = inOrganization(world.db, acme, (tx) =>
        tx.query(`UPDATE ${table} SET organization_id = '${globex}'`),
      );
      await expect(give).rejects.toThrow(
        table === 'audit_log' ? /permission denied/ : /row-level security|check constraint/,
      );
    }
  });

  it('gets nothing for the id of any entity, while its owner does', async () => {
    const types = [...schema.matchAll(/^type (\w+) @key/gm)].map(([, type]) => type ?? '');
    expect(types.sort()).toEqual(Object.keys(ids).sort());
    const representations = types.map((__typename) => ({ __typename, id: ids[__typename] }));
    const empty = { staticIp: null, identity: null };
    const asStranger = await world.ask(world.caller(globex), ENTITIES, { representations });
    expect(asStranger).toEqual({
      data: { _entities: types.map((type) => (type === 'Runner' ? empty : null)) },
    });
    const asOwner = await world.ask(world.caller(acme), ENTITIES, { representations });
    const { _entities: found } = asOwner.data as unknown as { _entities: object[] };
    for (const entity of found) expect(Object.values(entity)).not.toContain(null);
  });

  it('cannot take a row over with an event that names it', async () => {
    const { runnerId, poolId, machineId } = machine;
    const theirs = { organizationId: globex, poolId, runnerId, version: 1_000_000n };
    await world.tell(topics.runner, { ...theirs, releaseStaticIp: true });
    await world.tell(topics.machine, { ...theirs, machineId, credentialRevoked: true });
    await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM dead_letter')).toHaveLength(2));
    expect(await world.db.asAdmin('SELECT status FROM static_ip')).toEqual([{ status: 'ACTIVE' }]);
    expect((await machine.call('GET', '/machine/v1/token?audience=a')).status).toBe(200);
  });
});

describe('the worker role, which finds work for all organisations', () => {
  it('changes nothing but leases', async () => {
    for (const table of tables) {
      const change = world.db.worker.query(`UPDATE ${table} SET organization_id = organization_id`);
      await expect(change).rejects.toThrow(/permission denied/);
    }
  });
});

it('has an entry in the audit log for everything that owners changed', async () => {
  const rows = await world.db.asAdmin(
    `SELECT DISTINCT actor, action FROM audit_log WHERE organization_id = $1 AND outcome = 'DONE'`,
    [acme],
  );
  const actions = rows.map(({ actor, action }) => `${String(actor)} ${String(action)}`).sort();
  expect(actions).toEqual([
    'first sign-in',
    'machine enrol-machine',
    'machine issue-workload-token',
    'organization-command create-api-token',
    'organization-command create-organization',
    'spec connect-gitlab',
    'spec connect-hetzner-project',
  ]);
});

it('knows nothing of an organisation that does not exist', async () => {
  const { data, errors } = await world.ask(world.caller(newId('organization')), TOKENS);
  expect([data, errors?.length]).toEqual([{ viewer: null }, 1]);
});
