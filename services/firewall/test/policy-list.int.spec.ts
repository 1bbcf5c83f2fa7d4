import { RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
beforeAll(async () => {
  world = await RunningFirewall.start();
});
afterAll(() => world.stop());

const create = (name: string) =>
  world.ask(`mutation { createFirewallPolicy(input: { name: "${name}" }) { firewallPolicy { id } } }`);

describe('the list of policies', () => {
  interface List {
    nodes: { name: string }[];
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }
  const page = (first: number, after: string | null = null) =>
    world.ask(
      `query ($first: Int!, $after: Cursor) { firewallPolicies(first: $first, after: $after) {
         nodes { name } totalCount pageInfo { hasNextPage endCursor } } }`,
      { first, after },
    );
  const listed = async (first: number, after?: string | null) =>
    (await page(first, after)).data?.firewallPolicies as unknown as List;
  beforeAll(async () => {
    expect(await listed(10)).toEqual({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    for (const name of ['A', 'B', 'C']) await create(name);
  });

  it('is read page by page, and shows what is made meanwhile at its end', async () => {
    const first = await listed(2);
    expect(first).toMatchObject({
      nodes: [{ name: 'A' }, { name: 'B' }],
      totalCount: 3,
      pageInfo: { hasNextPage: true },
    });
    await create('D');
    const second = await listed(2, first.pageInfo.endCursor);
    expect(second).toMatchObject({
      nodes: [{ name: 'C' }, { name: 'D' }],
      totalCount: 4,
      pageInfo: { hasNextPage: false },
    });
  });

  it.each([[0], [101], [-1]])('refuses %d as the size of a page', async (first) => {
    expect((await page(first)).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each([['AA'], ['!'], ['b3JnXzE']])('refuses %s as a cursor', async (after) => {
    expect((await page(1, after)).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});
