import { ConnectionStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { connectProject } from './connect-project.js';
import { IdentityWorld } from './identity-world.js';

const CONNECT_GITLAB = `mutation($input: ConnectGitLabInput!) { payload: connectGitLab(input: $input) { gitlab { id } } }`;
const STATUS = `{ viewer { organization { hetznerProjects { status } gitlabConnections { status } } } }`;

interface Provider {
  readonly connect: () => Promise<string>;
  readonly steer: (method: string, path: string, body?: object) => Promise<void>;
  /** Statuses that other services were told, in order. */
  readonly told: () => Promise<ConnectionStatus[]>;
  /** A spec of the token, with which the provider accepts it again. */
  readonly accepted: object;
}

let world: IdentityWorld;
let acme: string;
let token: string;

beforeAll(async () => {
  world = await IdentityWorld.start();
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
});
afterAll(() => world.stop());

const hetzner: Provider = {
  connect: async () => {
    token = (await world.newProject()).token;
    return connectProject(world, acme, token);
  },
  steer: (...order) => world.steer(...order),
  told: async () =>
    (await world.published(topics.hetznerProject))
      .filter(({ organizationId }) => organizationId === acme)
      .map(({ status }) => status),
  accepted: { project: 'of-this-test' },
};

const gitlab: Provider = {
  connect: async () => {
    token = `glpat-${acme}`;
    await world.steerGitLab('PUT', 'tokens', { [token]: gitlab.accepted });
    const input = { name: 'GitLab', url: world.gitlab.url, accessToken: token };
    const { data } = await world.ask(world.caller(acme), CONNECT_GITLAB, { input });
    return (data as unknown as { payload: { gitlab: { id: string } } }).payload.gitlab.id;
  },
  steer: (...order) => world.steerGitLab(...order),
  told: async () =>
    (await world.published(topics.gitlabConnection))
      .filter(({ organizationId }) => organizationId === acme)
      .map(({ status }) => status),
  accepted: { scopes: ['api'] },
};

/** Of the only connection that the organisation has. */
const shownStatus = async (): Promise<unknown> => {
  const { data } = await world.ask(world.caller(acme, 'VIEWER'), STATUS);
  const { organization } = (data as unknown as { viewer: { organization: Record<string, object[]> } }).viewer;
  return Object.values(organization).flat();
};

describe.each([
  ['Hetzner project', hetzner],
  ['GitLab', gitlab],
])('a connected %s that is looked at every minute', (_, provider) => {
  beforeEach(() => provider.connect());
  afterEach(() => provider.steer('DELETE', 'faults'));

  const becomes = (status: keyof typeof ConnectionStatus) =>
    eventually(async () => {
      expect(await shownStatus()).toEqual([{ status }]);
      expect((await provider.told()).at(-1)).toBe(ConnectionStatus[status]);
    });

  it('is unreachable while nothing answers, and connected again afterwards', async () => {
    await becomes('CONNECTED');
    await provider.steer('POST', 'faults', { operation: '*', mode: 'fail', status: 503 });
    await becomes('UNREACHABLE');
    await provider.steer('DELETE', 'faults');
    await becomes('CONNECTED');
    expect(await provider.told()).toEqual([
      ConnectionStatus.CONNECTED,
      ConnectionStatus.UNREACHABLE,
      ConnectionStatus.CONNECTED,
    ]);
  });

  it('says that its token is refused, and is connected again when the same token works again', async () => {
    await provider.steer('DELETE', 'tokens', { token });
    await becomes('CREDENTIALS_INVALID');
    await provider.steer('PUT', 'tokens', { [token]: provider.accepted });
    await becomes('CONNECTED');
  });
});
