import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, RunningBilling } from '../running-billing.js';

/** Forty-four seconds before November is closed: the machine's end is to be heard of before. */
const BEGINS = new Date('2026-11-30T04:00:00Z');
const FACTOR = 1_800;

let world: RunningBilling;
/** One that had ended long before, and one that ended in the first minutes of the next month. */
const [machineId, lastOne] = [newId('machine'), newId('machine')];
beforeAll(async () => {
  world = await RunningBilling.start(BEGINS, FACTOR);
  await world.connect();
  await world.pricesKnown();
});
afterAll(() => world.stop());

const instant = (text: string) => timestampFromDate(new Date(text));
const tellMachine = (machineId: string, created: string, version: bigint, gone?: string) =>
  world.tell(topics.machine, {
    ...{ machineId, runnerId: newId('runner'), poolId: newId('pool'), hetznerProjectId: world.projectId },
    ...{ version, serverType: 'cx23', location: 'fsn1', serverId: 42n },
    orderedAt: instant(created),
    createdAt: instant(created),
    lastSeenAt: instant(gone ?? created),
    ...(gone && { deletedAt: instant(gone) }),
  });
const closed = (month: string) =>
  eventually(async () =>
    expect(await world.db.asAdmin(`SELECT 1 FROM statement WHERE month = '${month}'`)).toHaveLength(1),
  );
const linesOf = (month: string) =>
  world.db.asAdmin(
    `SELECT month, sum(hours)::int AS hours, sum(micros)::text AS micros FROM statement_line
     WHERE month = $1 AND meter_id = $2 GROUP BY month`,
    [month, machineId],
  );

describe('a machine of whose end was heard after months were closed', () => {
  it('is taken back from each month that it had not seen, by the next statement', async () => {
    await tellMachine(machineId, '2026-08-31T22:00:00Z', 1n);
    await tellMachine(lastOne, '2026-10-31T23:30:00Z', 1n);
    await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM meter')).toHaveLength(2));
    await world.tell(topics.organization, { version: 1n, name: 'Acme', timeZone: 'UTC' });
    await closed('2026-10');
    expect(await linesOf('2026-08')).toEqual([{ month: '2026-08', hours: 2, micros: '17600' }]);
    expect(await linesOf('2026-09')).toEqual([{ month: '2026-09', hours: 720, micros: '5490000' }]);
    await tellMachine(machineId, '2026-08-31T22:00:00Z', 2n, '2026-08-31T22:30:00Z');
    await tellMachine(lastOne, '2026-10-31T23:30:00Z', 2n, '2026-11-01T00:10:00Z');
    await closed('2026-11');
    expect(await linesOf('2026-08')).toEqual([{ month: '2026-08', hours: 1, micros: '8800' }]);
    expect(await linesOf('2026-09')).toEqual([{ month: '2026-09', hours: 0, micros: '0' }]);
    expect(await linesOf('2026-10')).toEqual([{ month: '2026-10', hours: 0, micros: '0' }]);
  });

  it('is told to be gone by the next one, also where that took nothing back', async () => {
    const ends = `SELECT month, ended_at AS gone, hours FROM statement_line
      WHERE meter_id = $1 AND statement_month = '2026-11'`;
    expect(await world.db.asAdmin(ends, [lastOne])).toEqual([
      { month: '2026-10', gone: new Date('2026-11-01T00:10:00Z'), hours: 0 },
    ]);
  });
});
