import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import { connectProject } from './connect-project.js';
import { GITLAB_TOKEN, IdentityWorld } from './identity-world.js';

const CONNECT_GITLAB = `mutation($input: ConnectGitLabInput!) { payload: connectGitLab(input: $input) { gitlab { id } } }`;
const UPDATE_GITLAB = `mutation($id: ID!, $token: String) {
  payload: updateGitLab(id: $id, accessToken: $token) { userErrors { code path } } }`;
const UPDATE_HETZNER = `mutation($id: ID!, $token: String) {
  payload: updateHetznerProject(id: $id, apiToken: $token) { userErrors { code path } } }`;

interface Connection {
  readonly id: string;
  readonly table: 'hetzner_project' | 'gitlab_connection';
  readonly checks: 'hetzner_check' | 'gitlab_check';
  readonly update: string;
  readonly newToken: string;
  /** The provider accepts the token of this connection no longer. */
  readonly revoke: () => Promise<void>;
}

let world: IdentityWorld;
let acme: string;

// A minute between two checks is a real one here: none of them comes by itself while a test looks.
beforeAll(async () => {
  world = await IdentityWorld.start({ speed: 1 });
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
});
afterAll(() => world.stop());

async function connectHetzner(): Promise<Connection> {
  const { token, second } = await world.newProject();
  const id = await connectProject(world, acme, token);
  const revoke = () => world.steer('DELETE', 'tokens', { token });
  return {
    id,
    table: 'hetzner_project',
    checks: 'hetzner_check',
    update: UPDATE_HETZNER,
    newToken: second,
    revoke,
  };
}

async function connectGitLab(): Promise<Connection> {
  const token = `glpat-${acme}`;
  await world.steerGitLab('PUT', 'tokens', { [token]: { scopes: ['api'] } });
  const input = { name: 'GitLab', url: world.gitlab.url, accessToken: token };
  const { data } = await world.ask(world.caller(acme), CONNECT_GITLAB, { input });
  const { id } = (data as unknown as { payload: { gitlab: { id: string } } }).payload.gitlab;
  const revoke = () => world.steerGitLab('DELETE', 'tokens', { token });
  return {
    id,
    table: 'gitlab_connection',
    checks: 'gitlab_check',
    update: UPDATE_GITLAB,
    newToken: GITLAB_TOKEN,
    revoke,
  };
}

const row = async ({ table, id }: Connection) =>
  (await world.db.asAdmin(`SELECT version, status, token_sealed FROM ${table} WHERE id = $1`, [id]))[0];
const isChecked = ({ checks, id }: Connection) =>
  eventually(async () =>
    expect(
      await world.db.asAdmin(
        `SELECT 1 FROM ${checks} WHERE id = $1 AND lease_owner IS NULL AND due_at > $2`,
        [id, world.clock.now()],
      ),
    ).toHaveLength(1),
  );
const somebodyWaits = () =>
  eventually(async () =>
    expect(
      await world.db.asAdmin(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      ),
    ).not.toEqual([]),
  );

/** Changes a connection, and commits only when somebody else waits to change it too. */
const changeWhile = <T>({ table, id }: Connection, assignments: string, start: () => Promise<T>) =>
  inOrganization(world.db, acme, async (tx) => {
    await tx.query(`UPDATE ${table} SET ${assignments}, version = version + 1 WHERE id = $1`, [id]);
    const started = start();
    await somebodyWaits();
    return { started };
  });

describe.each([
  ['Hetzner project', connectHetzner],
  ['GitLab', connectGitLab],
])('a connected %s that two change at once', (_, connect) => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await connect();
    await isChecked(connection);
  });

  it('stays forgotten when it is disconnected while a new token is on its way', async () => {
    const { started } = await changeWhile(connection, 'deleted = true, token_sealed = NULL', () =>
      world.ask(world.caller(acme), connection.update, { id: connection.id, token: connection.newToken }),
    );
    expect((await started).data).toEqual({ payload: { userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] } });
    expect((await row(connection))?.token_sealed).toBeNull();
  });

  it('is not judged by its old token once it has a new one', async () => {
    const before = await row(connection);
    await connection.revoke();
    await changeWhile(connection, `status = 'CONNECTED'`, () =>
      world.db.asAdmin(`UPDATE ${connection.checks} SET due_at = $2 WHERE id = $1`, [
        connection.id,
        world.clock.now(),
      ]),
    );
    await isChecked(connection);
    expect(await row(connection)).toMatchObject({
      status: 'CONNECTED',
      version: String(Number(before?.version) + 1),
    });
  });
});
