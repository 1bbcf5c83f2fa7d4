import { IdentityWorld } from './identity-world.js';

/** Everything about these is wrong: what is refused first tells what is looked at first. */
const WRONG: [mutation: string, payload: string][] = [
  [`connectHetznerProject(input: { name: "", apiToken: "", endpoint: "x" })`, 'hetznerProject { id }'],
  [`connectGitLab(input: { name: "", url: "", accessToken: "" })`, 'gitlab { id }'],
  [`updateHetznerProject(id: "x", name: "", apiToken: "")`, 'hetznerProject { id }'],
  [`updateGitLab(id: "x", name: "", accessToken: "")`, 'gitlab { id }'],
  [`disconnectHetznerProject(id: "x")`, 'deletedId'],
  [`disconnectGitLab(id: "x")`, 'deletedId'],
  [`createApiToken(name: "", role: OWNER, expiresAt: "x")`, 'secret'],
  [`revokeApiToken(id: "x")`, 'deletedId'],
];

let world: IdentityWorld;
let acme: string;

beforeAll(async () => {
  world = await IdentityWorld.start();
  acme = (await world.organization()).organizationId;
});
afterAll(() => world.stop());

const ask = async (role: 'OWNER' | 'OPERATOR' | 'VIEWER', mutation: string, payload: string) => {
  const query = `mutation { payload: ${mutation} { ${payload} userErrors { code path } } }`;
  const { data } = await world.ask(world.caller(acme, role), query);
  return (data as unknown as { payload: { userErrors: { code: string; path: string[] }[] } }).payload
    .userErrors;
};

it.each(WRONG)(
  'refuses everybody but owners before it looks at anything else: %s',
  async (mutation, payload) => {
    const notAllowed = [{ code: 'NOT_ALLOWED', path: [] }];
    expect(await ask('VIEWER', mutation, payload)).toEqual(notAllowed);
    expect(await ask('OPERATOR', mutation, payload)).toEqual(notAllowed);
    const [refused] = await ask('OWNER', mutation, payload);
    expect(refused?.path).not.toEqual([]);
  },
);

it('names every field that is wrong at once, and writes no more into the audit log than that it was refused', async () => {
  const [last] = await world.db.asAdmin('SELECT max(id) AS id FROM audit_log');
  const [[connectHetzner = '', hetzner = ''] = [], [connectGitLab = '', gitlab = ''] = []] = WRONG;
  const paths = (refusals: { path: string[] }[]) => refusals.map(({ path }) => path.join('.'));
  expect(paths(await ask('OWNER', connectHetzner, hetzner))).toEqual([
    'input.name',
    'input.apiToken',
    'input.endpoint',
  ]);
  expect(paths(await ask('OWNER', connectGitLab, gitlab))).toEqual([
    'input.name',
    'input.url',
    'input.accessToken',
  ]);
  const written = 'SELECT action, subject, outcome FROM audit_log WHERE id > $1 ORDER BY id';
  expect(await world.db.asAdmin(written, [last?.id])).toEqual([
    { action: 'connect-hetzner-project', subject: null, outcome: 'INVALID' },
    { action: 'connect-gitlab', subject: null, outcome: 'INVALID' },
  ]);
});
