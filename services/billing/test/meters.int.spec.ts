import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { StaticIpStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, RunningBilling } from './running-billing.js';

let world: RunningBilling;
beforeAll(async () => {
  world = await RunningBilling.start();
});
afterAll(() => world.stop());

/** Long ago, so that nothing here grows while it is looked at. */
const at = (time: string) => new Date(`2026-10-05T${time}Z`);
const instant = (time: string | undefined) => (time === undefined ? undefined : timestampFromDate(at(time)));

interface Told {
  version: number;
  created?: string;
  lastSeen?: string;
  gone?: string;
  generation?: number;
  /** Hetzner's number of the Primary IP. */
  ip?: bigint;
  poolId?: string;
}
/** Provisioning tells of a machine. */
const machine = (runnerId: string, machineId: string, { version, ...told }: Told) =>
  world.tell(topics.machine, {
    ...{ machineId, runnerId, poolId: 'pool_1', hetznerProjectId: world.projectId },
    ...{ version: BigInt(version), generation: told.generation ?? 1, serverType: 'cx23', location: 'fsn1' },
    orderedAt: instant('08:59:59'),
    createdAt: instant(told.created),
    lastSeenAt: instant(told.lastSeen),
    deletedAt: instant(told.gone),
  });
/** Identity tells of a static IP. */
const staticIp = (runnerId: string, { version, ...told }: Told) =>
  world.tell(topics.staticIp, {
    ...{ runnerId, poolId: told.poolId ?? 'pool_1', hetznerProjectId: world.projectId },
    ...{ version: BigInt(version), status: StaticIpStatus.ACTIVE, location: 'fsn1' },
    primaryIpId: told.created ? (told.ip ?? 4711n) : 0n,
    createdAt: instant(told.created),
    lastSeenAt: instant(told.lastSeen),
    releasedAt: instant(told.gone),
  });
const metersOf = async (runnerId: string) => {
  const rows = await world.db.asAdmin(
    `SELECT kind, type, started_at, ended_at, estimated, source_version::int AS version FROM meter
     WHERE runner_id = $1 ORDER BY id`,
    [runnerId],
  );
  return rows.map(({ started_at, ended_at, ...row }) => ({
    ...row,
    from: (started_at as Date).toISOString().slice(11, 19),
    to: (ended_at as Date | null)?.toISOString().slice(11, 19),
  }));
};
/** Waits until everything that was told of a runner before has been heard: topics keep the order of their keys. */
const becomes = (runnerId: string, expected: object[]) =>
  eventually(async () => expect(await metersOf(runnerId)).toMatchObject(expected));

describe('the meter of a machine', () => {
  const whole = { created: '09:00:00', lastSeen: '09:57:00', gone: '09:57:00' };

  it('opens with the server, not with the order, and closes with its deletion', async () => {
    const [runner, id] = [newId('runner'), newId('machine')];
    await machine(runner, id, { version: 1 });
    await machine(runner, id, { version: 2, created: '09:00:00', lastSeen: '09:00:01' });
    await becomes(runner, [{ kind: 'machine', type: 'cx23', from: '09:00:00', to: undefined, version: 2 }]);
    await machine(runner, id, { version: 3, ...whole });
    await becomes(runner, [{ from: '09:00:00', to: '09:57:00', estimated: false, version: 3 }]);
  });

  it('is one, whatever comes twice or late', async () => {
    const [runner, id] = [newId('runner'), newId('machine')];
    await machine(runner, id, { version: 5, ...whole });
    await machine(runner, id, { version: 5, ...whole });
    await machine(runner, id, { version: 2, created: '09:00:00', lastSeen: '09:00:01' });
    const [again, last] = [newId('runner'), newId('machine')];
    await machine(again, last, { version: 1, ...whole });
    await becomes(again, [{ to: '09:57:00' }]);
    await becomes(runner, [{ from: '09:00:00', to: '09:57:00', version: 5 }]);
  });

  it('goes on through a rebuild: it is the same server, and its hour goes on', async () => {
    const [runner, id] = [newId('runner'), newId('machine')];
    await machine(runner, id, { version: 1, created: '09:00:00', lastSeen: '09:00:01' });
    await machine(runner, id, { version: 2, created: '09:00:00', lastSeen: '09:20:00', generation: 2 });
    await machine(runner, id, { version: 3, ...whole, generation: 3 });
    await becomes(runner, [{ from: '09:00:00', to: '09:57:00', version: 3 }]);
  });

  it('of the next machine of a runner is another', async () => {
    const runner = newId('runner');
    const [first, second] = [newId('machine'), newId('machine')].sort();
    await machine(runner, first!, { version: 1, ...whole });
    await machine(runner, second!, {
      version: 1,
      created: '11:00:00',
      lastSeen: '11:30:00',
      gone: '11:30:00',
    });
    await becomes(runner, [
      { from: '09:00:00', to: '09:57:00' },
      { from: '11:00:00', to: '11:30:00' },
    ]);
  });

  it('takes the absence for its end where the gap lies within one hour', async () => {
    const [runner, id] = [newId('runner'), newId('machine')];
    await machine(runner, id, { version: 1, created: '09:00:00', lastSeen: '09:20:00', gone: '09:50:00' });
    await becomes(runner, [{ to: '09:50:00', estimated: false }]);
  });

  it('takes the last sighting, and says so, where the gap spans the beginning of an hour', async () => {
    const [runner, id] = [newId('runner'), newId('machine')];
    await machine(runner, id, { version: 1, created: '09:00:00', lastSeen: '09:59:00', gone: '10:03:00' });
    await becomes(runner, [{ to: '09:59:00', estimated: true }]);
  });

  it('never ends before it began, whatever two clocks say', async () => {
    const [runner, id] = [newId('runner'), newId('machine')];
    await machine(runner, id, { version: 1, created: '09:00:00', lastSeen: '08:59:59', gone: '08:59:59' });
    await becomes(runner, [{ from: '09:00:00', to: '09:00:00', estimated: false }]);
  });
});

describe('the meter of a static IP', () => {
  it('opens when it exists and closes when it is given back', async () => {
    const runner = newId('runner');
    await staticIp(runner, { version: 1 });
    await staticIp(runner, { version: 2, created: '08:00:00', lastSeen: '08:00:01' });
    await becomes(runner, [{ kind: 'static-ip', type: 'ipv4', from: '08:00:00', to: undefined }]);
    await staticIp(runner, { version: 4, created: '08:00:00', lastSeen: '18:00:00', gone: '18:00:00' });
    await staticIp(runner, { version: 3, created: '08:00:00', lastSeen: '17:00:00' });
    await becomes(runner, [{ to: '18:00:00', estimated: false, version: 4 }]);
  });

  it('is none where no address was ever leased', async () => {
    const [runner, later] = [newId('runner'), newId('runner')];
    await staticIp(runner, { version: 1 });
    await staticIp(runner, { version: 2, gone: '09:00:00' });
    await machine(later, newId('machine'), { version: 1, created: '09:00:00' });
    await becomes(later, [{}]);
    expect(await metersOf(runner)).toEqual([]);
  });
});

describe('the meter of a static IP whose end was not heard', () => {
  let runner: string;
  const first = { created: '08:00:00', lastSeen: '08:00:01', ip: 100n };
  const second = { created: '10:30:00', lastSeen: '10:30:01', ip: 101n };
  beforeEach(async () => {
    runner = newId('runner');
    [first.ip, second.ip] = [first.ip + 10n, second.ip + 10n];
    await staticIp(runner, { version: 2, ...first });
  });

  it('ends where the next one begins', async () => {
    await staticIp(runner, { version: 5, ...second });
    await becomes(runner, [
      { from: '08:00:00', to: '10:30:00', estimated: true, version: 5 },
      { from: '10:30:00', to: undefined, version: 5 },
    ]);
  });

  it('ends when its runner is said to have none', async () => {
    await staticIp(runner, { version: 4 });
    await becomes(runner, [{ to: expect.any(String), estimated: true, version: 4 }]);
  });

  it('ends by what is said, exactly where that is within its first hour', async () => {
    await staticIp(runner, { version: 4, gone: '08:40:00' });
    await becomes(runner, [{ to: '08:40:00', estimated: false }]);
  });

  it('is not opened again by what comes late, nor closed by it', async () => {
    await staticIp(runner, { version: 5, ...second });
    await staticIp(runner, { version: 3, ...first });
    await staticIp(runner, { version: 4 });
    await staticIp(runner, { version: 4, created: '09:00:00', lastSeen: '09:00:01', ip: 99n });
    await becomes(runner, [
      { from: '08:00:00', to: '10:30:00', version: 5 },
      { from: '10:30:00', to: undefined, version: 5 },
      { from: '09:00:00', to: '10:30:00', estimated: true, version: 4 },
    ]);
  });

  it('stays as its own end said where that was heard', async () => {
    await staticIp(runner, { version: 3, ...first, lastSeen: '09:10:00', gone: '09:11:00' });
    await staticIp(runner, { version: 4 });
    await staticIp(runner, { version: 5, ...second });
    await becomes(runner, [
      { to: '09:11:00', estimated: false, version: 3 },
      { from: '10:30:00', to: undefined },
    ]);
  });
});

describe('a topic that is rewound', () => {
  it('changes nothing', async () => {
    const all = 'SELECT * FROM meter ORDER BY id';
    const before = await world.db.asAdmin(all);
    const inbox = await world.db.asAdmin('SELECT count(*)::int AS count FROM inbox');
    expect(before.length).toBeGreaterThan(0);
    await world.replay();
    expect(await world.db.asAdmin(all)).toEqual(before);
    expect(await world.db.asAdmin('SELECT count(*)::int AS count FROM inbox')).toEqual(inbox);
  });

  it('wakes nobody for room that there was before', async () => {
    const [runner, poolId] = [newId('runner'), newId('pool')];
    await staticIp(runner, {
      ...{ version: 1, poolId, ip: 77n },
      created: '08:00:00',
      lastSeen: '09:00:00',
      gone: '09:00:00',
    });
    await becomes(runner, [{ to: '09:00:00' }]);
    await world.db.asAdmin(
      `INSERT INTO budget (scope_id, organization_id, version, limit_micros, currency, on_exhausted, refused)
       VALUES ($1, $2, 1, 1, 'EUR', 'BLOCK_NEW_MACHINES', true)`,
      [poolId, world.organizationId],
    );
    await world.db.asAdmin('DELETE FROM inbox');
    await world.replay();
    expect(await world.db.asAdmin('SELECT refused FROM budget WHERE scope_id = $1', [poolId])).toEqual([
      { refused: true },
    ]);
  });

  it('changes nothing either when it is not remembered what was heard', async () => {
    const all = 'SELECT * FROM meter ORDER BY id';
    const before = await world.db.asAdmin(all);
    await world.db.asAdmin('DELETE FROM inbox');
    await world.replay();
    expect(await world.db.asAdmin(all)).toEqual(before);
  });
});
