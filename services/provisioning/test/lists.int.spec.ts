import { poolOf } from './fleet.js';
import { newId, ProvisioningWorld } from './provisioning-world.js';

interface Connection {
  edges: { cursor: string; node: { id: string } }[];
  nodes: { id: string }[];
  totalCount?: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let world: ProvisioningWorld;
let poolId: string;
let runnerId: string;
let made = 100;

beforeAll(async () => {
  world = await ProvisioningWorld.start();
  await world.connect();
  // Nobody leases them an address, so that nothing happens to them.
  const { data } = await world.ask(
    `mutation($input: CreateRunnerPoolInput!) { createRunnerPool(input: $input) { runnerPool { id } } }`,
    { input: { ...poolOf(world), size: 5 } },
  );
  poolId = (data as unknown as { createRunnerPool: { runnerPool: { id: string } } }).createRunnerPool
    .runnerPool.id;
  const [runner] = await world.db.asAdmin('SELECT id FROM runner ORDER BY id');
  runnerId = String(runner?.id);
  for (let i = 0; i < 5; i++) {
    await addMachine();
    await addEntry();
  }
});
afterAll(() => world.stop());

const addRunner = () =>
  world.db.asAdmin(
    `INSERT INTO runner SELECT (jsonb_populate_record(runner, jsonb_build_object('id', $1::text, 'seat', $2::int, 'due_at', null))).*
     FROM runner WHERE id = $3`,
    [newId('runner'), made++, runnerId],
  );
const addMachine = () =>
  world.db.asAdmin(
    `INSERT INTO machine (id, organization_id, runner_id, pool_id, hetzner_project_id, version, generation, attempt, server_type,
       location, address, primary_ip_id, ordered_at, deleted_at, ticket_hash, ticket_expires_at)
     VALUES ($1, $2, $3, $4, $5, 1, 1, $6, 'cx23', 'fsn1', '127.64.0.1', 7, now(), now(), '', now())`,
    [newId('machine'), world.organizationId, runnerId, poolId, world.hetznerProjectId, made++],
  );
const addEntry = () =>
  world.db.asAdmin(
    `INSERT INTO timeline (organization_id, runner_id, at, kind, message, actor) VALUES ($1, $2, now(), 'state', $3, 'spec')`,
    [world.organizationId, runnerId, `entry ${made++}`],
  );

const FIELDS = 'edges { cursor node { id } } nodes { id } totalCount pageInfo { hasNextPage endCursor }';
/** An entry has no id: the specs know it by its text. */
const ENTRIES =
  'edges { cursor node { id: message } } nodes { id: message } pageInfo { hasNextPage endCursor }';
const ofRunner = (list: string, fields = FIELDS) =>
  `query($first: Int!, $after: Cursor, $of: [_Any!]!) { _entities(representations: $of) { ... on Runner { list: ${list}(first: $first, after: $after) { ${fields} } } } }`;
const lists: [what: string, query: string, add: () => Promise<unknown>][] = [
  [
    'runners',
    `query($first: Int!, $after: Cursor) { list: runners(first: $first, after: $after) { ${FIELDS} } }`,
    addRunner,
  ],
  [
    'runners of a pool',
    `query($first: Int!, $after: Cursor, $of: [_Any!]!) { _entities(representations: $of) { ... on RunnerPool { list: runners(first: $first, after: $after) { ${FIELDS} } } } }`,
    addRunner,
  ],
  ['machines of a runner', ofRunner('machines'), addMachine],
  ["entries of a runner's timeline", ofRunner('timeline', ENTRIES), addEntry],
];

const ask = (query: string, variables: object) => {
  const of = query.includes('RunnerPool')
    ? { __typename: 'RunnerPool', id: poolId }
    : { __typename: 'Runner', id: runnerId };
  return world.ask(query, { ...variables, ...(query.includes('_entities') ? { of: [of] } : {}) });
};
const page = async (query: string, first: number, after?: string | null): Promise<Connection> => {
  const { data, errors } = await ask(query, { first, after });
  expect(errors).toBeUndefined();
  const answer = data as unknown as { list?: Connection; _entities?: [{ list: Connection }] };
  return (answer.list ?? answer._entities?.[0].list) as Connection;
};

describe.each(lists)('the list of %s', (_, query, add) => {
  it('is walked without gap or double while more are made', async () => {
    const before = (await page(query, 100)).nodes.map(({ id }) => id);
    expect(before.length).toBeGreaterThanOrEqual(5);
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { edges, nodes, pageInfo, totalCount = before.length } = await page(query, 2, after);
      expect(edges.map(({ node }) => node)).toEqual(nodes);
      expect(edges.at(-1)?.cursor).toBe(pageInfo.endCursor);
      expect(totalCount).toBeGreaterThanOrEqual(before.length);
      seen.push(...nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
      if (seen.length < before.length) await add();
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => before.includes(id))).toEqual(before);
  });

  it('goes on from every place in it, and ends at its last', async () => {
    const { edges, nodes } = await page(query, 100);
    for (const [i, { cursor }] of edges.slice(0, 4).entries())
      expect((await page(query, 1, cursor)).nodes).toEqual([nodes[i + 1]]);
    expect(await page(query, 1, edges.at(-1)?.cursor)).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it.each([0, -1, 101])('refuses to give %i at a time', async (first) => {
    const { errors } = await ask(query, { first });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each(['zzz', 'eA', '%', ''])('refuses "%s" as a place to go on from', async (after) => {
    const { errors } = await ask(query, { first: 2, after });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});
