import { RunnerState, StaticIpTrouble, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { connectProject } from './connect-project.js';
import { IdentityWorld, newId } from './identity-world.js';

const SHOWN = `query($of: [_Any!]!) {
  _entities(representations: $of) { ... on Runner { staticIp { address location status leasedSince } } }
  staticIps { address } }`;

let world: IdentityWorld;
beforeAll(async () => {
  world = await IdentityWorld.start();
});
afterAll(() => world.stop());

it('an address that cannot be had yet is shown as what it is, where it is to be, and in no allow-list', async () => {
  await world.steer('PUT', 'limits', { primaryIps: 0 });
  const { organizationId } = await world.organization();
  const hetznerProjectId = await connectProject(world, organizationId, (await world.newProject()).token);
  const runnerId = newId('runner');
  await world.tell(topics.runner, {
    ...{ organizationId, poolId: newId('pool'), hetznerProjectId, runnerId },
    ...{ state: RunnerState.REQUESTED, seat: 1, locations: ['fsn1', 'nbg1'] },
  });
  await eventually(async () =>
    expect((await world.published(topics.staticIp)).at(-1)).toMatchObject({ trouble: StaticIpTrouble.LIMIT }),
  );
  const of = [{ __typename: 'Runner', id: runnerId }];
  const { data } = await world.ask(world.caller(organizationId, 'VIEWER'), SHOWN, { of });
  expect(data).toEqual({
    _entities: [{ staticIp: { address: null, location: 'nbg1', status: 'RESERVING', leasedSince: null } }],
    staticIps: [],
  });
});
