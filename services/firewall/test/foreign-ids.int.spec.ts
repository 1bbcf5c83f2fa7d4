import { newId, RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
const ids: Record<string, string> = {};
const stranger = () => world.caller('OWNER', ids.stranger);

beforeAll(async () => {
  world = await RunningFirewall.start();
  ids.stranger = newId('organization');
  ids.ownPool = await world.pool();
  ids.otherPool = await world.pool();
  ids.foreignPool = await world.pool({ organizationId: ids.stranger });
  ids.ownPolicy = await created();
  ids.foreignPolicy = await created(stranger());
  ids.unknownPool = newId('pool');
  ids.unknownPolicy = newId('firewallPolicy');
  await change('assign', 'ownPolicy', 'ownPool');
  await change('assign', 'foreignPolicy', 'foreignPool', stranger());
});
afterAll(() => world.stop());

type Caller = ReturnType<RunningFirewall['caller']>;
interface Payload {
  firewallPolicy: { id: string } | null;
  userErrors: { code: string; path: string[] }[];
}

async function mutate(query: string, variables: object, caller?: Caller): Promise<Payload> {
  const { data, errors } = await world.ask(query, variables, caller);
  expect(errors).toBeUndefined();
  return Object.values(data ?? {})[0] as unknown as Payload;
}
const created = async (caller?: Caller): Promise<string> => {
  const query = `mutation ($input: FirewallPolicyInput!) {
    createFirewallPolicy(input: $input) { firewallPolicy { id } userErrors { code path } } }`;
  return (await mutate(query, { input: { name: 'Office' } }, caller)).firewallPolicy?.id ?? '';
};
const change = (verb: 'assign' | 'unassign', policy: string, pool: string, caller?: Caller) =>
  mutate(
    `mutation ($policyId: ID!, $poolId: ID!) {
       ${verb}FirewallPolicy(policyId: $policyId, poolId: $poolId) { firewallPolicy { id } userErrors { code path } } }`,
    { policyId: ids[policy] ?? policy, poolId: ids[pool] ?? pool },
    caller,
  );
/** Which pool has which policy, whosesoever they are, and what of it was told. */
const everything = () =>
  Promise.all(
    ['pool_policy', 'policy_firewall', 'firewall_policy'].map((table) =>
      world.db
        .asAdmin(`SELECT to_jsonb(${table}) - ARRAY['due_at', 'lease_owner', 'lease_until', 'lease_epoch',
        'lease_wakes', 'lease_failures'] AS row FROM ${table} ORDER BY 1`),
    ),
  );

describe.each(['assign', 'unassign'] as const)('to %s', (verb) => {
  it.each([
    ["another organisation's policy", 'foreignPolicy', 'ownPool', 'policyId'],
    ["another organisation's policy and its own pool", 'foreignPolicy', 'foreignPool', 'policyId'],
    ["a policy, for another organisation's pool", 'ownPolicy', 'foreignPool', 'poolId'],
    ['a policy that does not exist', 'unknownPolicy', 'ownPool', 'policyId'],
    ['a policy for a pool that does not exist', 'ownPolicy', 'unknownPool', 'poolId'],
    ['a pool in the place of a policy', 'otherPool', 'ownPool', 'policyId'],
    ['a policy for a policy', 'ownPolicy', 'ownPolicy', 'poolId'],
    ['nonsense', "fwp_' OR 1=1", 'ownPool', 'policyId'],
    ['a NUL', 'fwp_\u0000', 'ownPool', 'policyId'],
    ['a policy for a NUL', 'ownPolicy', 'pool_\u0000', 'poolId'],
  ])('%s is refused as not found, and changes nothing for anybody', async (_, policy, pool, path) => {
    const before = await everything();
    expect(await change(verb, policy, pool)).toEqual({
      firewallPolicy: null,
      userErrors: [{ code: 'NOT_FOUND', path: [path] }],
    });
    expect(await everything()).toEqual(before);
    expect(before[0]).toHaveLength(2);
  });
});

it('nobody has heard of what is no id', async () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
    ... on FirewallPolicy { name } ... on RunnerPool { firewallPolicies { name } }
    ... on Runner { firewall { protected policies { name } } } } }`;
  const of = ['FirewallPolicy', 'RunnerPool', 'Runner'].map((__typename) => ({ __typename, id: '\u0000' }));
  expect(await world.ask(query, { of })).toEqual({
    data: {
      _entities: [null, { firewallPolicies: [] }, { firewall: { protected: false, policies: [] } }],
    },
  });
});
