import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, RunningBilling } from '../running-billing.js';

/** Forty-four seconds before November is closed: the machine's end is to be heard of before. */
const BEGINS = new Date('2026-11-30T04:00:00Z');
const FACTOR = 1_800;

let world: RunningBilling;
const machineId = newId('machine');
beforeAll(async () => {
  world = await RunningBilling.start(BEGINS, FACTOR);
  await world.connect();
  await world.pricesKnown();
});
afterAll(() => world.stop());

const instant = (text: string) => timestampFromDate(new Date(text));
const tellMachine = (version: bigint, gone?: string) =>
  world.tell(topics.machine, {
    ...{ machineId, runnerId: newId('runner'), poolId: newId('pool'), hetznerProjectId: world.projectId },
    ...{ version, serverType: 'cx23', location: 'fsn1', serverId: 42n },
    orderedAt: instant('2026-08-31T22:00:00Z'),
    createdAt: instant('2026-08-31T22:00:00Z'),
    lastSeenAt: instant(gone ?? '2026-08-31T22:00:00Z'),
    ...(gone && { deletedAt: instant(gone) }),
  });
const closed = (month: string) =>
  eventually(async () =>
    expect(await world.db.asAdmin(`SELECT 1 FROM statement WHERE month = '${month}'`)).toHaveLength(1),
  );
const linesOf = (month: string) =>
  world.db.asAdmin(
    `SELECT month, sum(hours)::int AS hours, sum(micros)::text AS micros FROM statement_line
     WHERE month = $1 GROUP BY month`,
    [month],
  );

describe('a machine that had ended before all of the months that it was billed for', () => {
  it('is taken back from each of them by the next statement', async () => {
    await tellMachine(1n);
    await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM meter')).toHaveLength(1));
    await world.tell(topics.organization, { version: 1n, name: 'Acme', timeZone: 'UTC' });
    await closed('2026-10');
    expect(await linesOf('2026-09')).toEqual([{ month: '2026-09', hours: 720, micros: '5490000' }]);
    await tellMachine(2n, '2026-08-31T22:30:00Z');
    await closed('2026-11');
    expect(await linesOf('2026-09')).toEqual([{ month: '2026-09', hours: 0, micros: '0' }]);
    expect(await linesOf('2026-10')).toEqual([{ month: '2026-10', hours: 0, micros: '0' }]);
  });
});
