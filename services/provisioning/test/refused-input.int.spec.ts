import { poolOf } from './fleet.js';
import { newId, ProvisioningWorld } from './provisioning-world.js';

const CREATE = `mutation($input: CreateRunnerPoolInput!) { payload: createRunnerPool(input: $input) {
  runnerPool { id } userErrors { code path } } }`;
const UPDATE = `mutation($input: UpdateRunnerPoolInput!) { payload: updateRunnerPool(input: $input) {
  userErrors { code path message } } }`;
const RESIZE = `mutation($id: ID!, $size: Int!, $confirm: Boolean!) {
  payload: resizeRunnerPool(id: $id, size: $size, confirm: $confirm) { userErrors { code path } } }`;
const DELETE = `mutation($id: ID!) { payload: deleteRunnerPool(id: $id) { userErrors { code path } } }`;
const WAKE = `mutation($id: ID!, $until: DateTime) { payload: wakeRunner(id: $id, until: $until) {
  userErrors { code path } } }`;
const READ = `query($id: ID!) { runnerPool(id: $id) { id } runner(id: $id) { id }
  runners(first: 5, poolId: $id) { totalCount nodes { id } } }`;

interface Payload {
  runnerPool?: { id: string };
  userErrors: { code: string; path: string[]; message?: string }[];
}

let world: ProvisioningWorld;
beforeAll(async () => {
  world = await ProvisioningWorld.start();
  await world.connect();
});
afterAll(() => world.stop());

const change = async (query: string, variables: object, caller = world.caller()): Promise<Payload> =>
  ((await world.ask(query, variables, caller)).data as unknown as { payload: Payload }).payload;

describe('a pool', () => {
  it.each(['\u0000', 'pool_\u0000', 'x'])('of the id %j is not there', async (id) => {
    for (const [query, variables, path] of [
      [UPDATE, { input: { id, name: 'mine' } }, ['input', 'id']],
      [RESIZE, { id, size: 1, confirm: true }, ['id']],
      [DELETE, { id }, ['id']],
      [WAKE, { id }, ['id']],
    ] as const)
      expect((await change(query, variables)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path }]);
    expect(await world.ask(READ, { id })).toEqual({
      data: { runnerPool: null, runner: null, runners: { totalCount: 0, nodes: [] } },
    });
  });

  it('can be changed where Hetzner has ceased to offer its types, which is refused to a new place', async () => {
    const id = (await change(CREATE, { input: poolOf(world) })).runnerPool?.id;
    const updated = async (update: object) =>
      (await change(UPDATE, { input: { id, ...update } })).userErrors.map(({ path }) => path.join('.'));
    await world.db.asAdmin(`UPDATE runner SET location = 'ash' WHERE pool_id = $1`, [id]);
    expect(await updated({ image: 'debian-12' })).toEqual([]);
    expect(await updated({ serverTypes: ['cx23'] })).toEqual([]);
    expect(await updated({ locations: ['nbg1'] })).toEqual([]);
    expect(await updated({ locations: ['nbg1', 'ash'] })).toEqual(['input.locations.1']);
  });
});

describe('waking a runner', () => {
  it.each(['2026-02-30T09:00:00Z', '2026-11-23', 'soon', ''])('until "%s" is refused', async (until) => {
    const { userErrors } = await change(WAKE, { id: newId('runner'), until });
    expect(userErrors).toEqual([{ code: 'INVALID', path: ['until'] }]);
  });

  it('is refused to a viewer, whatever else is wrong', async () => {
    const { userErrors } = await change(WAKE, { id: 'x', until: 'soon' }, world.caller('VIEWER'));
    expect(userErrors).toEqual([{ code: 'NOT_ALLOWED', path: [] }]);
  });
});
