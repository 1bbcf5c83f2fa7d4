import { topics } from '@cleanroom/contracts';
import { unwrapWith } from '@cleanroom/secrets';
import { eventually } from '@cleanroom/testing';
import { GITLAB_TOKEN, IdentityWorld, newId } from './identity-world.js';

const CONNECT_GITLAB = `mutation($input: ConnectGitLabInput!) { payload: connectGitLab(input: $input) {
  gitlab { id name url status webhookUrl } userErrors { code path message } } }`;
const UPDATE = `mutation($id: ID!, $accessToken: String) { payload: updateGitLab(id: $id, accessToken: $accessToken) {
  gitlab { id name url status webhookUrl } userErrors { code path message } } }`;
const DISCONNECT = `mutation($id: ID!) { payload: disconnectGitLab(id: $id) { deletedId userErrors { code path } } }`;

interface Payload {
  gitlab: { id: string; name: string; url: string; status: string; webhookUrl: string } | null;
  deletedId: string | null;
  userErrors: { code: string; path: string[]; message: string }[];
}

let world: IdentityWorld;
let acme: string;

beforeAll(async () => {
  world = await IdentityWorld.start();
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
});
afterAll(() => world.stop());

const mutate = async (query: string, variables: object): Promise<Payload> => {
  const { data, errors } = await world.ask(world.caller(acme), query, variables);
  expect(errors).toBeUndefined();
  return (data as unknown as { payload: Payload }).payload;
};
const refused = (code: string, ...path: string[]) => [expect.objectContaining({ code, path })];
const rows = (columns: string) =>
  world.db.asAdmin(`SELECT ${columns} FROM gitlab_connection WHERE organization_id = $1`, [acme]);

const connectGitLab = (given: object = {}) =>
  mutate(CONNECT_GITLAB, {
    input: { name: 'GitLab', url: world.gitlab.url, accessToken: GITLAB_TOKEN, ...given },
  });

describe('connecting a GitLab', () => {
  it('checks the token and says where GitLab is to send webhooks', async () => {
    const { gitlab, userErrors } = await connectGitLab({ url: `${world.gitlab.url}/` });
    expect(userErrors).toEqual([]);
    expect(gitlab).toMatchObject({ url: world.gitlab.url, status: 'CONNECTED' });
    expect(gitlab?.webhookUrl).toBe(`https://cleanroom.example/webhooks/gitlab/${gitlab?.id}`);
  });

  it.each<[string, object, string, string]>([
    [
      'a token that GitLab does not know',
      { accessToken: 'glpat-unknown' },
      'CREDENTIALS_INVALID',
      'accessToken',
    ],
    [
      'a token without the scope api',
      { accessToken: 'glpat-read-only-001' },
      'CREDENTIALS_INVALID',
      'accessToken',
    ],
    ['a token that no header can carry', { accessToken: 'a\nb' }, 'CREDENTIALS_INVALID', 'accessToken'],
    ['an address that is none', { url: 'gitlab' }, 'INVALID', 'url'],
    ['an address without TLS', { url: 'http://gitlab.example' }, 'NOT_ALLOWED', 'url'],
    ['a private address', { url: 'https://169.254.169.254' }, 'INVALID', 'url'],
    ['an address with credentials', { url: 'https://user:secret@gitlab.com' }, 'INVALID', 'url'],
  ])('refuses %s and stores nothing', async (_, given, code, field) => {
    expect((await connectGitLab(given)).userErrors).toEqual(refused(code, 'input', field));
    expect(await rows('id')).toEqual([]);
  });

  it('says at the address that GitLab cannot be reached', async () => {
    await world.steerGitLab('POST', 'faults', { operation: '*', mode: 'reset' });
    expect((await connectGitLab()).userErrors).toEqual(refused('INVALID', 'input', 'url'));
    await world.steerGitLab('DELETE', 'faults');
    expect(await rows('id')).toEqual([]);
  });

  it('stores the token sealed', async () => {
    await connectGitLab();
    expect(JSON.stringify(await rows('*'))).not.toContain(GITLAB_TOKEN);
  });

  it('names the scope that is missing', async () => {
    const { userErrors } = await connectGitLab({ accessToken: 'glpat-read-only-001' });
    expect(userErrors[0]?.message).toContain('"api"');
  });
});

describe('a connected GitLab', () => {
  it('reaches provisioning and scheduling with its token, wrapped for each', async () => {
    const { gitlab } = await connectGitLab();
    const told = await eventually(async () => {
      const events = await world.published(topics.gitlabConnection);
      return events.find(({ gitlabConnectionId }) => gitlabConnectionId === gitlab?.id) ?? false;
    });
    expect(told.accessTokens.map(({ recipient }) => recipient)).toEqual(['provisioning', 'scheduling']);
    const binding = { organizationId: acme, kind: 'gitlab-token', rowId: gitlab?.id ?? '' };
    for (const { recipient, sealed } of told.accessTokens) {
      const opened = await unwrapWith(world.recipients[recipient]!.privateKey, sealed, binding);
      expect(opened.reveal()).toBe(GITLAB_TOKEN);
    }
  });

  it('takes another token only if that may do as much', async () => {
    const id = (await connectGitLab()).gitlab?.id;
    expect((await mutate(UPDATE, { id, accessToken: 'glpat-read-only-001' })).userErrors).toEqual(
      refused('CREDENTIALS_INVALID', 'accessToken'),
    );
    expect((await mutate(UPDATE, { id, accessToken: GITLAB_TOKEN })).gitlab?.status).toBe('CONNECTED');
  });

  it('is not disconnected while a pool uses it', async () => {
    const id = (await connectGitLab()).gitlab?.id;
    const pool = { poolId: newId('pool'), organizationId: acme, gitlabConnectionId: id ?? '' };
    await world.tell(topics.pool, pool);
    await eventually(async () =>
      expect(
        await world.db.asAdmin('SELECT 1 FROM known_pool WHERE gitlab_connection_id = $1', [id]),
      ).toHaveLength(1),
    );
    expect((await mutate(DISCONNECT, { id })).userErrors).toEqual(refused('IN_USE', 'id'));
    await world.tell(topics.pool, { ...pool, deleted: true });
    await eventually(async () => expect((await mutate(DISCONNECT, { id })).deletedId).toBe(id));
  });

  it('is forgotten with its token when it is disconnected', async () => {
    const id = (await connectGitLab()).gitlab?.id;
    expect((await mutate(DISCONNECT, { id })).deletedId).toBe(id);
    expect(await rows('token_sealed')).toEqual([{ token_sealed: null }]);
    for (const mutation of [DISCONNECT, UPDATE]) {
      expect((await mutate(mutation, { id })).userErrors).toEqual(refused('NOT_FOUND', 'id'));
    }
  });
});
