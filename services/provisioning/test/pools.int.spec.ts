import { poolOf } from './fleet.js';
import { newId, ProvisioningWorld } from './provisioning-world.js';

const CREATE = `mutation($input: CreateRunnerPoolInput!) { payload: createRunnerPool(input: $input) {
  runnerPool { id } userErrors { code path } } }`;
const UPDATE = `mutation($input: UpdateRunnerPoolInput!) { payload: updateRunnerPool(input: $input) {
  runnerPool { id name idleTimeout serverTypes } userErrors { code path } } }`;
const RESIZE = `mutation($id: ID!, $size: Int!, $confirm: Boolean!) {
  payload: resizeRunnerPool(id: $id, size: $size, confirm: $confirm) { releasedIps userErrors { code path } } }`;
const DELETE = `mutation($id: ID!) { payload: deleteRunnerPool(id: $id) { userErrors { code path } } }`;
const POOLS = `query($first: Int!, $after: Cursor) { runnerPools(first: $first, after: $after) {
  totalCount nodes { id name } pageInfo { hasNextPage endCursor } } }`;

const TIMELINE = `query($id: ID!, $after: Cursor) { runner(id: $id) { timeline(first: 4, after: $after) {
  nodes { message } pageInfo { hasNextPage endCursor } } } }`;

interface Timeline {
  nodes: { message: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
interface Payload {
  runnerPool: Record<string, unknown> | null;
  releasedIps?: string[];
  userErrors: { code: string; path: string[] }[];
}
interface Page {
  totalCount: number;
  nodes: { id: string; name: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

let world: ProvisioningWorld;
beforeAll(async () => {
  world = await ProvisioningWorld.start();
  await world.connect();
});
afterAll(() => world.stop());

const change = async (query: string, variables: object, caller = world.caller()): Promise<Payload> =>
  ((await world.ask(query, variables, caller)).data as unknown as { payload: Payload }).payload;
const create = (given: object = {}) => change(CREATE, { input: { ...poolOf(world), ...given } });
const page = async (variables: object): Promise<Page> =>
  ((await world.ask(POOLS, variables)).data as unknown as { runnerPools: Page }).runnerPools;
const pools = async () => (await world.db.asAdmin('SELECT id FROM pool')).length;

describe('creating a pool', () => {
  it('makes one runner a seat', async () => {
    const { runnerPool } = await create({ size: 3 });
    const runners = await world.db.asAdmin('SELECT state FROM runner WHERE pool_id = $1', [runnerPool?.id]);
    expect(runners).toEqual([{ state: 'REQUESTED' }, { state: 'REQUESTED' }, { state: 'REQUESTED' }]);
  });

  it.each([
    ['a name of blanks', { name: '  ' }, 'INVALID', ['name']],
    ['a name that is too long', { name: 'x'.repeat(101) }, 'INVALID', ['name']],
    ['a name with a NUL', { name: 'a\u0000b' }, 'INVALID', ['name']],
    ['a tag of two lines', { tags: ['linux', 'a\nb'] }, 'INVALID', ['tags', '1']],
    ['no runner', { size: 0 }, 'INVALID', ['size']],
    ['too many runners', { size: 501 }, 'INVALID', ['size']],
    ['no server type', { serverTypes: [] }, 'INVALID', ['serverTypes']],
    [
      'a server type that Hetzner has not',
      { serverTypes: ['cx23', 'cx99'] },
      'INVALID',
      ['serverTypes', '1'],
    ],
    ['a location that Hetzner has not', { locations: ['mars1'] }, 'INVALID', ['locations', '0']],
    ['a location named twice', { locations: ['fsn1', 'fsn1'] }, 'INVALID', ['locations', '1']],
    ['a duration that is none', { idleTimeout: '5 minutes' }, 'INVALID', ['idleTimeout']],
    [
      'a location that has none of its types',
      { serverTypes: ['cx23'], locations: ['fsn1', 'ash'] },
      'INVALID',
      ['locations', '1'],
    ],
    ['a machine age that is too short', { maxMachineAge: 'PT1M' }, 'INVALID', ['maxMachineAge']],
    ['a tag with a comma', { tags: ['a,b'] }, 'INVALID', ['tags', '0']],
    ['no tag where untagged jobs are refused', { tags: [] }, 'INVALID', ['tags']],
    ['an image that is none', { image: 'Debian 12!' }, 'INVALID', ['image']],
    ['an image that Hetzner has not', { image: 'debian-99' }, 'INVALID', ['image']],
    ['a path that is none', { scope: { kind: 'GROUP', fullPath: '/' } }, 'INVALID', ['scope', 'fullPath']],
    [
      'a group that GitLab has not',
      { scope: { kind: 'GROUP', fullPath: 'nobody' } },
      'NOT_FOUND',
      ['scope', 'fullPath'],
    ],
    [
      'the instance, whose runners only an administrator may manage',
      { scope: { kind: 'INSTANCE' } },
      'NOT_ALLOWED',
      ['scope', 'kind'],
    ],
    [
      'a Hetzner project of somebody else',
      { hetznerProjectId: newId('hetznerProject') },
      'NOT_FOUND',
      ['hetznerProjectId'],
    ],
    ['a Hetzner project that is none', { hetznerProjectId: '\u0000' }, 'NOT_FOUND', ['hetznerProjectId']],
    ['a GitLab that is none', { gitlabConnectionId: 'x' }, 'NOT_FOUND', ['gitlabConnectionId']],
  ])('refuses %s at its field, and makes nothing', async (_, given, code, path) => {
    const before = await pools();
    const { runnerPool, userErrors } = await create(given);
    expect(runnerPool).toBeNull();
    expect(userErrors).toEqual([{ code, path: ['input', ...path] }]);
    expect(await pools()).toBe(before);
  });

  it('asks GitLab whether the token may manage runners where they are to be', async () => {
    await world.actInGitLabAs('developer');
    expect((await create()).userErrors).toEqual([
      { code: 'NOT_ALLOWED', path: ['input', 'scope', 'fullPath'] },
    ]);
    await world.actInGitLabAs('admin');
    expect((await create({ scope: { kind: 'INSTANCE' } })).userErrors).toEqual([]);
    await world.actInGitLabAs('owner');
  });

  it('refuses a name that another pool has', async () => {
    await create({ name: 'twin' });
    expect((await create({ name: ' twin ' })).userErrors).toEqual([
      { code: 'ALREADY_EXISTS', path: ['input', 'name'] },
    ]);
  });

  it('lets one of two through that ask for the same name at once', async () => {
    const answers = await Promise.all([create({ name: 'race' }), create({ name: 'race' })]);
    expect(answers.flatMap(({ runnerPool }) => runnerPool ?? [])).toHaveLength(1);
  });
});

describe('a pool', () => {
  it('changes what is asked for and nothing else', async () => {
    const { runnerPool } = await create();
    const changed = await change(UPDATE, { input: { id: runnerPool?.id, idleTimeout: 'PT90S' } });
    expect(changed.runnerPool).toMatchObject({ idleTimeout: 'PT1M30S', serverTypes: ['cx23', 'cpx22'] });
  });

  it('keeps its image where Hetzner has no other of that name', async () => {
    const { runnerPool } = await create();
    const id = runnerPool?.id;
    const refused = await change(UPDATE, { input: { id, image: 'debian-99' } });
    expect(refused.userErrors).toEqual([{ code: 'INVALID', path: ['input', 'image'] }]);
    expect((await change(UPDATE, { input: { id, image: 'ubuntu-24.04' } })).userErrors).toEqual([]);
    const [pool] = await world.db.asAdmin('SELECT image FROM pool WHERE id = $1', [id]);
    expect(pool).toEqual({ image: 'ubuntu-24.04' });
  });

  it('names what it would give back before it shrinks, and shrinks only when that is confirmed', async () => {
    const { runnerPool } = await create({ size: 2 });
    const id = runnerPool?.id;
    const asked = await change(RESIZE, { id, size: 1, confirm: false });
    expect(asked.userErrors).toEqual([]);
    const size = async () => (await world.db.asAdmin('SELECT size FROM pool WHERE id = $1', [id]))[0]?.size;
    expect(await size()).toBe(2);
    await change(RESIZE, { id, size: 1, confirm: true });
    expect(await size()).toBe(1);
  });

  it('is neither changed nor found by another organisation', async () => {
    const { runnerPool } = await create();
    const stranger = world.caller('OWNER', newId('organization'));
    for (const [query, variables, path] of [
      [UPDATE, { input: { id: runnerPool?.id, name: 'mine' } }, ['input', 'id']],
      [RESIZE, { id: runnerPool?.id, size: 1, confirm: true }, ['id']],
      [DELETE, { id: runnerPool?.id }, ['id']],
    ] as const)
      expect((await change(query, variables, stranger)).userErrors).toEqual([{ code: 'NOT_FOUND', path }]);
  });

  it.each(['VIEWER', 'OPERATOR'] as const)('is not deleted by the role %s', async (role) => {
    const { runnerPool } = await create();
    const { userErrors } = await change(DELETE, { id: runnerPool?.id }, world.caller(role));
    expect(userErrors).toEqual([{ code: 'NOT_ALLOWED', path: [] }]);
  });
});

describe('a pool that is deleted', () => {
  it('keeps no runner that a resize at the same moment adds', async () => {
    for (let i = 0; i < 5; i++) {
      const id = (await create()).runnerPool?.id;
      await Promise.all([change(RESIZE, { id, size: 3, confirm: true }), change(DELETE, { id })]);
      const left = await world.db.asAdmin(
        `SELECT id FROM runner WHERE pool_id = $1 AND NOT retiring AND state <> 'DELETED'`,
        [id],
      );
      expect(left).toEqual([]);
    }
  });
});

describe('the list of pools', () => {
  it.each([0, -1, 101])('refuses to give %i at a time', async (first) => {
    const { errors } = await world.ask(POOLS, { first });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each(['zzz', 'eA', '%'])('refuses "%s" as a place to go on from', async (after) => {
    const { errors } = await world.ask(POOLS, { first: 2, after });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('is walked to its end without gap or double while pools are made', async () => {
    for (let i = 0; i < 3; i++) await create();
    const before = (await page({ first: 100 })).nodes.map(({ id }) => id);
    const seen: string[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const { nodes, pageInfo } = await page({ first: 2, after });
      seen.push(...nodes.map(({ id }) => id));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
      if (seen.length < 4) await create();
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(before));
  });
});

describe("a runner's timeline", () => {
  it('tells the latest first and is walked to its end, however many entries there are', async () => {
    const { runnerPool } = await create();
    const [runner] = await world.db.asAdmin('SELECT id FROM runner WHERE pool_id = $1', [runnerPool?.id]);
    await world.db.asAdmin(
      `INSERT INTO timeline (organization_id, runner_id, at, kind, message, actor)
       SELECT $1, $2, now() + i * interval '1 second', 'state', i::text, 'spec' FROM generate_series(1, 25) i`,
      [world.organizationId, runner?.id],
    );
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { data } = await world.ask(TIMELINE, { id: runner?.id, after });
      const { nodes, pageInfo } = (data as unknown as { runner: { timeline: Timeline } }).runner.timeline;
      seen.push(...nodes.map(({ message }) => message));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => String(25 - i)));
  });
});
