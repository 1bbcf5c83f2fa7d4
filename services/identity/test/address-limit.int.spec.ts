import { RunnerState, StaticIpStatus, StaticIpTrouble, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { connectProject } from './connect-project.js';
import { IdentityWorld, newId } from './identity-world.js';

interface Call {
  method: string;
  operation: string | null;
  status: number | null;
}

const SIZE = 30;
const LIMIT = 5;
/** Of as many as are worked on at once, all may ask before the first is refused. */
const AT_ONCE = 8;

let world: IdentityWorld;
let runner: { organizationId: string; poolId: string; hetznerProjectId: string; locations: string[] };

const begin = async (speed: number) => {
  world = await IdentityWorld.start({ speed });
  const { organizationId } = await world.organization();
  const hetznerProjectId = await connectProject(world, organizationId, (await world.newProject()).token);
  runner = { organizationId, poolId: newId('pool'), hetznerProjectId, locations: ['fsn1'] };
  await limit(LIMIT);
};
afterEach(() => world.stop());

const limit = (primaryIps: number) => world.steer('PUT', 'limits', { primaryIps });
const request = (runnerId: string, releaseStaticIp = false) =>
  world.tell(topics.runner, { ...runner, runnerId, seat: 0, state: RunnerState.REQUESTED, releaseStaticIp });
const lastTold = async () => {
  const events = Map.groupBy(await world.published(topics.staticIp), ({ runnerId }) => runnerId);
  return [...events.values()].flatMap((of) => of.at(-1) ?? []);
};
const active = async () => (await lastTold()).filter(({ status }) => status === StaticIpStatus.ACTIVE);
const refusals = async () => {
  const { calls } = (await (await fetch(`${world.hetzner.url}/_sim/report`)).json()) as { calls: Call[] };
  return calls.filter(({ operation, status }) => operation === 'create_primary_ip' && status === 403).length;
};
const poolAtItsLimit = async () => {
  for (let seat = 0; seat < SIZE; seat += 1) await request(newId('runner'));
  await eventually(async () => {
    const waiting = (await lastTold()).filter(({ trouble }) => trouble === StaticIpTrouble.LIMIT);
    expect(waiting).toHaveLength(SIZE - LIMIT);
  });
};

it('asks for one address at a time where the limit is reached, and for all once it is raised', async () => {
  await begin(60);
  const begun = world.clock.now().getTime();
  await poolAtItsLimit();
  const before = await refusals();
  // Long enough for several intervals.
  await eventually(async () => expect(await refusals()).toBeGreaterThanOrEqual(before + 2));
  const intervals = Math.ceil((world.clock.now().getTime() - begun) / 60_000);
  expect(await refusals()).toBeLessThanOrEqual(AT_ONCE + intervals);
  await limit(SIZE);
  await eventually(async () => expect(await active()).toHaveLength(SIZE));
});

it('gives an address that is given back to one that waits, before the interval is over', async () => {
  // An interval is a minute of real time then, longer than anybody waits here.
  await begin(1);
  await poolAtItsLimit();
  const [given] = await active();
  await request(given?.runnerId ?? '', true);
  const within = 40_000;
  await eventually(
    async () => {
      const others = (await active()).filter(({ runnerId }) => runnerId !== given?.runnerId);
      expect(others).toHaveLength(LIMIT);
    },
    { within },
  );
});
