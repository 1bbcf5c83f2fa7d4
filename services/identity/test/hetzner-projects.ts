import { topics } from '@cleanroom/contracts';
import { IdentityWorld, type ProjectTokens } from './identity-world.js';

export const CONNECT = `mutation($input: ConnectHetznerProjectInput!) { payload: connectHetznerProject(input: $input) {
  hetznerProject { id name status } userErrors { code path message } } }`;
export const UPDATE = `mutation($id: ID!, $name: String, $apiToken: String) {
  payload: updateHetznerProject(id: $id, name: $name, apiToken: $apiToken) {
    hetznerProject { id name status } userErrors { code path message } } }`;
export const DISCONNECT = `mutation($id: ID!) { payload: disconnectHetznerProject(id: $id) { deletedId userErrors { code path } } }`;

interface Payload {
  hetznerProject: { id: string; name: string; status: string } | null;
  deletedId: string | null;
  userErrors: { code: string; path: string[]; message: string }[];
}
interface SshKeys {
  ssh_keys: { id: number; name: string; public_key: string; labels: Record<string, string> }[];
}

/** What a spec of Hetzner projects stands on: an organisation and a project at Hetzner, new for each test. */
export function hetznerProjects() {
  const given = {} as { world: IdentityWorld; acme: string; tokens: ProjectTokens };
  beforeAll(async () => {
    given.world = await IdentityWorld.start();
  });
  beforeEach(async () => {
    given.acme = (await given.world.organization()).organizationId;
    given.tokens = await given.world.newProject();
  });
  afterEach(() => given.world.steer('DELETE', 'faults'));
  afterAll(() => given.world.stop());

  const mutate = async (query: string, variables: object, organizationId = given.acme): Promise<Payload> => {
    const { data, errors } = await given.world.ask(given.world.caller(organizationId), query, variables);
    expect(errors).toBeUndefined();
    return (data as unknown as { payload: Payload }).payload;
  };
  const connect = (wish: object = {}, organizationId = given.acme) => {
    const { token: apiToken } = given.tokens;
    const input = { name: ' Builds ', apiToken, endpoint: given.world.hetzner.endpoint, ...wish };
    return mutate(CONNECT, { input }, organizationId);
  };
  const sshKeys = async () =>
    (await given.world.atHetzner<SshKeys>(given.tokens.token, '/ssh_keys')).ssh_keys;
  const rows = (columns: string, table = 'hetzner_project') =>
    given.world.db.asAdmin(`SELECT ${columns} FROM ${table} WHERE organization_id = $1`, [given.acme]);
  const events = async () =>
    (await given.world.published(topics.hetznerProject)).filter(
      ({ organizationId }) => organizationId === given.acme,
    );
  return { given, mutate, connect, sshKeys, rows, events };
}

export const refused = (code: string, ...path: string[]) => [expect.objectContaining({ code, path })];
