import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, RunningBilling } from './running-billing.js';

let world: RunningBilling;
beforeAll(async () => {
  world = await RunningBilling.start();
});
afterAll(() => world.stop());

const instant = (time: string) => timestampFromDate(new Date(`2026-10-05T${time}:00Z`));

/**
 * What is told of two machines of one runner: that each was there, and that it is gone. Which of both tells the price of the
 * order hangs on the version of provisioning that it comes from.
 */
const news = [
  { machine: 0, version: 1n, created: '09:00', seen: '09:01', hourlyMicros: 8_800n },
  { machine: 0, version: 2n, created: '09:00', seen: '09:57', gone: '09:57' },
  { machine: 1, version: 1n, created: '10:30', seen: '10:31' },
  { machine: 1, version: 2n, created: '10:30', seen: '11:10', gone: '11:10', hourlyMicros: 20_000n },
];
type News = (typeof news)[number];

const orders = (all: readonly News[]): News[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((first) => orders(all.filter((one) => one !== first)).map((rest) => [first, ...rest]));

const tell = (runnerId: string, machineIds: string[], { machine, version, gone, ...told }: News) =>
  world.tell(topics.machine, {
    ...{ machineId: machineIds[machine]!, runnerId, poolId: 'pool_1', hetznerProjectId: world.projectId },
    ...{ version, generation: 1, serverType: 'cx23', location: 'fsn1' },
    orderedAt: instant('08:59'),
    createdAt: instant(told.created),
    lastSeenAt: instant(told.seen),
    ...(told.hourlyMicros ? { hourlyMicros: told.hourlyMicros, monthlyCapMicros: 5_490_000n } : {}),
    ...(gone ? { deletedAt: instant(gone) } : {}),
  });
const metersOf = (runnerId: string) =>
  world.db.asAdmin(
    `SELECT started_at AS "from", ended_at AS "to", estimated, hourly_micros::int AS hourly FROM meter WHERE runner_id = $1 ORDER BY started_at`,
    [runnerId],
  );
const at = (time: string) => new Date(`2026-10-05T${time}:00Z`);
const COPIED = `organization_id, kind, runner_id, pool_id, hetzner_project_id, type, location, ordered_at`;

describe('the meters of two machines of one runner', () => {
  it('are the same in whichever order, and however often, the news of them come', async () => {
    const told = orders(news).map((order) => ({ order, runnerId: newId('runner') }));
    for (const { order, runnerId } of told) {
      const machineIds = [newId('machine'), newId('machine')];
      for (const one of order) await tell(runnerId, machineIds, one);
      for (const one of order.toReversed()) await tell(runnerId, machineIds, one);
    }
    expect(told).toHaveLength(24);
    for (const { order, runnerId } of told)
      await eventually(async () =>
        expect({ order, meters: await metersOf(runnerId) }).toEqual({
          order,
          meters: [
            { from: at('09:00'), to: at('09:57'), estimated: false, hourly: 8_800 },
            { from: at('10:30'), to: at('11:10'), estimated: false, hourly: 20_000 },
          ],
        }),
      );
  });

  it.each(orders(news.slice(0, 2)).map((order) => order.map(({ version }) => Number(version))))(
    'keep the price of the order that but one of their news tells, where version %i comes before version %i',
    async (...versions) => {
      const [runnerId, machineId] = [newId('runner'), newId('machine')];
      for (const version of versions) await tell(runnerId, [machineId], news[version - 1]!);
      await eventually(async () =>
        expect(await metersOf(runnerId)).toEqual([
          { from: at('09:00'), to: at('09:57'), estimated: false, hourly: 8_800 },
        ]),
      );
    },
  );

  it('end where the next one begins while their own end is not heard', async () => {
    const runnerId = newId('runner');
    const machineIds = [newId('machine'), newId('machine')];
    for (const one of [news[3]!, news[0]!]) await tell(runnerId, machineIds, one);
    await eventually(async () =>
      expect(await metersOf(runnerId)).toEqual([
        { from: at('09:00'), to: at('10:30'), estimated: true, hourly: 8_800 },
        { from: at('10:30'), to: at('11:10'), estimated: false, hourly: 20_000 },
      ]),
    );
  });

  it.each([
    ['the next one is heard of later', [0, 1]],
    ['the next one was heard of before', [1, 0]],
  ])('are exact all the same where that is within the first hour, and %s', async (_, order) => {
    const runnerId = newId('runner');
    const machineIds = [newId('machine'), newId('machine')];
    const soon = [news[0]!, { ...news[2]!, created: '09:40', seen: '09:41' }];
    for (const place of order) await tell(runnerId, machineIds, soon[place]!);
    await eventually(async () =>
      expect(await metersOf(runnerId)).toEqual([
        { from: at('09:00'), to: at('09:40'), estimated: false, hourly: 8_800 },
        { from: at('09:40'), to: null, estimated: false, hourly: null },
      ]),
    );
  });

  it('cannot overlap: the database refuses that', async () => {
    const [runnerId, machineId] = [newId('runner'), newId('machine')];
    await tell(runnerId, [machineId], news[1]!);
    await eventually(async () => expect(await metersOf(runnerId)).toHaveLength(1));
    const another = world.db.asAdmin(
      `INSERT INTO meter (id, ${COPIED}, started_at, source_version)
       SELECT 'another', ${COPIED}, '2026-10-05T09:30:00Z', 1 FROM meter WHERE runner_id = $1`,
      [runnerId],
    );
    await expect(another).rejects.toThrow('meter_disjoint');
  });
});
