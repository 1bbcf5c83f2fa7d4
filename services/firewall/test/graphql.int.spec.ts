import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
let poolId: string;
beforeAll(async () => {
  world = await RunningFirewall.start();
  poolId = await world.pool();
});
afterAll(() => world.stop());

interface Payload {
  firewallPolicy: { id: string; name: string } | null;
  deletedId?: string | null;
  userErrors: { code: string; path: string[] }[];
}
type Caller = ReturnType<RunningFirewall['caller']>;

const errors = 'userErrors { code path }';
const rule = (given: object = {}) => ({
  ...{ protocol: 'TCP', ports: '8080', cidrs: ['203.0.113.0/24'] },
  ...given,
});
async function mutate(query: string, variables: object, caller?: Caller): Promise<Payload> {
  const answer = await world.ask(query, variables, caller);
  expect(answer.errors).toBeUndefined();
  return Object.values(answer.data ?? {})[0] as unknown as Payload;
}
const create = (name: string, given: object = {}, caller?: Caller) =>
  mutate(
    `mutation ($input: FirewallPolicyInput!) {
       createFirewallPolicy(input: $input) { firewallPolicy { id name } ${errors} } }`,
    { input: { name, ...given } },
    caller,
  );
const update = (id: string, name: string, caller?: Caller) =>
  mutate(
    `mutation ($id: ID!, $input: FirewallPolicyInput!) {
       updateFirewallPolicy(id: $id, input: $input) { firewallPolicy { id name } ${errors} } }`,
    { id, input: { name } },
    caller,
  );
const change = (verb: 'assign' | 'unassign', policyId: string, pool = poolId, caller?: Caller) =>
  mutate(
    `mutation ($policyId: ID!, $pool: ID!) {
       ${verb}FirewallPolicy(policyId: $policyId, poolId: $pool) { firewallPolicy { id name } ${errors} } }`,
    { policyId, pool },
    caller,
  );
const remove = (id: string, caller?: Caller) =>
  mutate(`mutation ($id: ID!) { deleteFirewallPolicy(id: $id) { deletedId ${errors} } }`, { id }, caller);
const created = async (name: string, given: object = {}) => {
  const { firewallPolicy } = await create(name, given);
  return firewallPolicy!.id;
};
const refused = (code: string, ...path: string[]) => ({
  firewallPolicy: null,
  userErrors: [{ code, path }],
});
const entity = async (representation: object, fields: string, caller?: Caller) => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ${fields} } }`;
  const { data } = await world.ask(query, { of: [representation] }, caller);
  return (data?._entities as unknown as object[])[0];
};

describe('a policy', () => {
  it('is made, read, changed and deleted', async () => {
    const given = {
      inbound: [rule({ description: 'metrics' })],
      outbound: [rule({ protocol: 'ICMP', ports: null })],
    };
    const id = await created('  Office  ', given);
    const fields = `... on FirewallPolicy { name status pools { id } inbound { protocol ports cidrs description } outbound { protocol ports } }`;
    const policy = { __typename: 'FirewallPolicy', id };
    expect(await entity(policy, fields)).toEqual({
      name: 'Office',
      status: 'APPLIED',
      pools: [],
      inbound: [{ ...rule(), description: 'metrics' }],
      outbound: [{ protocol: 'ICMP', ports: null }],
    });
    expect(await update(id, 'Home')).toMatchObject({ firewallPolicy: { name: 'Home' }, userErrors: [] });
    expect(await entity(policy, fields)).toMatchObject({ name: 'Home', inbound: [] });
    expect(await remove(id)).toEqual({ deletedId: id, userErrors: [] });
    expect(await entity(policy, fields)).toBeNull();
    expect(await remove(id)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
    expect(await update(id, 'Away')).toEqual(refused('NOT_FOUND', 'id'));
  });

  it('is refused with the path of every field that is wrong', async () => {
    const inbound = [rule({ ports: '22' }), rule({ cidrs: ['0.0.0.0/0'] }), rule({ ports: 'all' })];
    const { userErrors } = await create('', { inbound });
    expect(userErrors).toEqual([
      { code: 'INVALID', path: ['input', 'name'] },
      { code: 'NOT_ALLOWED', path: ['input', 'inbound', '0', 'ports'] },
      { code: 'NOT_ALLOWED', path: ['input', 'inbound', '1', 'cidrs', '0'] },
      { code: 'INVALID', path: ['input', 'inbound', '2', 'ports'] },
    ]);
  });

  it('has a name of its own, also when many are made at the same moment', async () => {
    // The first round opens the connections that the later ones race on.
    for (const name of ['Triplet', 'Double', 'Twin']) {
      const twins = await Promise.all(Array.from({ length: 8 }, () => create(name)));
      const refusals = twins.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
      expect(refusals).toEqual(Array.from({ length: 7 }, () => 'ALREADY_EXISTS'));
    }
    const other = await created('Other');
    expect(await update(other, 'Twin')).toEqual(refused('ALREADY_EXISTS', 'input', 'name'));
    expect(await update(other, 'Other')).toMatchObject({ userErrors: [] });
  });

  it('is not deleted while a pool has it', async () => {
    const [pool, id] = [await world.pool(), await created('Used')];
    expect(await change('assign', id, pool)).toMatchObject({ firewallPolicy: { id }, userErrors: [] });
    expect(await remove(id)).toEqual({ deletedId: null, userErrors: [{ code: 'IN_USE', path: ['id'] }] });
    await change('unassign', id, pool);
    expect(await remove(id)).toMatchObject({ deletedId: id });
  });

  it('is either assigned or deleted when both are asked at the same moment', async () => {
    const pool = await world.pool();
    await change('unassign', await created('Wakes the pool'), pool);
    for (const name of ['Race 1', 'Race 2', 'Race 3']) {
      const id = await created(name);
      const [assigned, deleted] = await Promise.all([change('assign', id, pool), remove(id)]);
      expect(assigned.firewallPolicy === null).toBe(deleted.deletedId !== null);
      await change('unassign', id, pool);
    }
  });
});

describe('the policies of a pool', () => {
  it('are at most four, also when two are assigned at the same moment', async () => {
    const pool = await world.pool();
    const ids = await Promise.all(['1', '2', '3', '4', '5'].map((name) => created(`Limit ${name}`)));
    for (const id of ids.slice(0, 3)) await change('assign', id, pool);
    const last = await Promise.all(ids.slice(3).map((id) => change('assign', id, pool)));
    expect(last.map(({ userErrors }) => userErrors.map(({ code }) => code)).sort()).toEqual([
      [],
      ['LIMIT_EXCEEDED'],
    ]);
    expect(await change('assign', ids[0]!, pool)).toMatchObject({ userErrors: [] });
    const fields = '... on RunnerPool { firewallPolicies { id } }';
    const known = (await entity({ __typename: 'RunnerPool', id: pool }, fields)) as {
      firewallPolicies: object[];
    };
    expect(known.firewallPolicies).toHaveLength(4);
    await eventually(async () => {
      const events = await world.published(topics.poolPolicies, pool);
      expect(events.map(({ version, policyIds }) => [Number(version), policyIds.length])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
      ]);
    });
  });

  it('are forgotten with the pool', async () => {
    const [pool, id] = [await world.pool(), await created('Of a pool that goes')];
    await change('assign', id, pool);
    await world.pool({ poolId: pool, version: 2n, deleted: true });
    await eventually(async () => expect(await remove(id)).toMatchObject({ deletedId: id }));
    expect(await change('assign', await created('Too late'), pool)).toEqual(refused('NOT_FOUND', 'poolId'));
  });

  it('are assigned to a pool that is heard of a moment later', async () => {
    const [pool, id] = [newId('pool'), await created('Early')];
    const [answer] = await Promise.all([change('assign', id, pool), world.pool({ poolId: pool })]);
    expect(answer.userErrors).toEqual([]);
  });
});

describe('a caller', () => {
  const stranger = () => world.caller('OWNER', newId('organization'));

  it('who is no owner changes nothing', async () => {
    const id = await created('Looked at');
    const refusedByRole = expect.objectContaining({ userErrors: [{ code: 'NOT_ALLOWED', path: [] }] });
    for (const caller of [world.caller('VIEWER'), world.caller('OPERATOR')]) {
      expect(await create('Mine', {}, caller)).toEqual(refusedByRole);
      expect(await update(id, 'Mine', caller)).toEqual(refusedByRole);
      expect(await change('assign', id, poolId, caller)).toEqual(refusedByRole);
      expect(await change('unassign', id, poolId, caller)).toEqual(refusedByRole);
      expect(await remove(id, caller)).toEqual(refusedByRole);
      const fields = '... on FirewallPolicy { name }';
      expect(await entity({ __typename: 'FirewallPolicy', id }, fields, caller)).toEqual({
        name: 'Looked at',
      });
    }
  });

  it('of another organisation is told of an id what it would be told of one that does not exist', async () => {
    const id = await created('Foreign');
    await change('assign', id);
    const own = await create('Foreign', {}, stranger());
    expect(own.userErrors).toEqual([]);
    expect(await update(id, 'Mine', stranger())).toEqual(refused('NOT_FOUND', 'id'));
    expect(await change('assign', id, poolId, stranger())).toEqual(refused('NOT_FOUND', 'policyId'));
    expect(await change('unassign', id, poolId, stranger())).toEqual(refused('NOT_FOUND', 'policyId'));
    expect(await remove(id, stranger())).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
    const ofPool = '... on RunnerPool { firewallPolicies { id } }';
    expect(await entity({ __typename: 'RunnerPool', id: poolId }, ofPool, stranger())).toEqual({
      firewallPolicies: [],
    });
    const ofPolicy = '... on FirewallPolicy { name }';
    expect(await entity({ __typename: 'FirewallPolicy', id }, ofPolicy, stranger())).toBeNull();
    expect(await change('assign', id, newId('pool'))).toEqual(refused('NOT_FOUND', 'poolId'));
  });

  it('without a signature of the gateway is not heard, nor is one that is no user', async () => {
    const response = await fetch(`${world.url}/graphql`, { method: 'POST', body: '{}' });
    expect([response.status, await response.json()]).toEqual([401, { error: 'unauthorized' }]);
    const answer = await world.ask(
      '{ firewallPolicies(first: 1) { totalCount } }',
      {},
      {
        kind: 'anonymous',
        source: '127.0.0.1',
      },
    );
    expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
