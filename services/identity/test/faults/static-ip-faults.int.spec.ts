import { RunnerState, StaticIpStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { connectProject } from '../connect-project.js';
import { IdentityWorld, newId } from '../identity-world.js';

/** One Primary IP as the simulator's ledger remembers it, whatever anybody was told. */
interface Life {
  labels: Record<string, string>;
  created: string;
  deleted: string | null;
}

const RUNNERS = 8;
const ON_ADDRESSES = ['list', 'create', 'get', 'update', 'delete', 'assign', 'unassign'].map(
  (verb) => `${verb}_primary_ip${verb === 'list' ? 's' : ''}`,
);
let world: IdentityWorld;

afterEach(() => world.stop());

const livesOf = async (organizationId: string): Promise<Life[]> => {
  const ledger = await fetch(`${world.hetzner.url}/_sim/report`);
  const { primaryIps } = (await ledger.json()) as { primaryIps: Life[] };
  return primaryIps.filter(({ labels }) => labels['cleanroom-organization'] === organizationId);
};
const told = async () => Map.groupBy(await world.published(topics.staticIp), ({ runnerId }) => runnerId);
const ended = (status: StaticIpStatus, runnerIds: string[]) =>
  eventually(
    async () => {
      const events = await told();
      expect(runnerIds.filter((id) => events.get(id)?.at(-1)?.status !== status)).toEqual([]);
    },
    { every: 100 },
  );

it.each([1, 2, 3])(
  'leases each runner one address and gives each back, whatever is lost on the way: seed %i',
  async (seed) => {
    world = await IdentityWorld.start({ speed: 60 });
    const { organizationId } = await world.organization();
    const hetznerProjectId = await connectProject(world, organizationId, (await world.newProject()).token);
    for (const mode of ['lose_answer', 'reset', 'fail', 'truncate']) {
      for (const operation of ON_ADDRESSES)
        await world.steer('POST', 'faults', { operation, mode, rate: 0.15, seed });
    }
    const poolId = newId('pool');
    const runnerIds = Array.from({ length: RUNNERS }, () => newId('runner'));
    const runner = { organizationId, poolId, hetznerProjectId, locations: ['fsn1', 'nbg1', 'hel1'] };
    for (const [seat, runnerId] of runnerIds.entries()) {
      await world.tell(topics.runner, { ...runner, runnerId, seat, state: RunnerState.REQUESTED });
    }
    const released = runnerIds.slice(0, RUNNERS / 2);
    const kept = runnerIds.slice(RUNNERS / 2);
    for (const runnerId of released) {
      await world.tell(topics.runner, {
        ...runner,
        runnerId,
        state: RunnerState.REQUESTED,
        releaseStaticIp: true,
      });
    }
    await world.stopService();
    await world.startService();
    await ended(StaticIpStatus.ACTIVE, kept);
    await ended(StaticIpStatus.RELEASED, released);
    const lives = await livesOf(organizationId);
    const living = lives.filter((life) => life.deleted === null);
    expect(living.map(({ labels }) => labels['cleanroom-runner']).sort()).toEqual([...kept].sort());
    const perRunner = Map.groupBy(lives, ({ labels }) => labels['cleanroom-runner']);
    expect([...perRunner.values()].filter((several) => several.length > 1)).toEqual([]);
    await expectBounds(lives);
  },
);

/** The true end of every address lies between the two bounds that were told: a bill can be made of them. */
async function expectBounds(lives: Life[]): Promise<void> {
  const events = await told();
  for (const { labels, created, deleted } of lives) {
    const last = events.get(labels['cleanroom-runner'] ?? '')?.at(-1);
    const at = (stamp: { seconds: bigint; nanos: number } | undefined) =>
      Number(stamp?.seconds) * 1000 + (stamp?.nanos ?? 0) / 1e6;
    expect(Math.abs(at(last?.createdAt) - Date.parse(created))).toBeLessThan(1_000);
    if (deleted === null) continue;
    // Hetzner tells whole seconds.
    expect(at(last?.lastSeenAt)).toBeLessThan(Date.parse(deleted) + 1_000);
    expect(at(last?.releasedAt)).toBeGreaterThanOrEqual(Date.parse(deleted));
  }
}
