import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { StaticIpStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, RunningBilling } from './running-billing.js';

let world: RunningBilling;
const [poolId, runnerId] = [newId('pool'), newId('runner')];
const [ended, open] = [newId('machine'), newId('machine')];
beforeAll(async () => {
  world = await RunningBilling.start();
  await world.connect();
  await world.pricesKnown();
  await tellMachine(ended, { version: 1n, created: '2026-10-31T09:00:00Z', gone: '2026-10-31T11:57:00Z' });
  await tellMachine(open, { version: 1n, created: '2026-10-31T20:30:00Z' });
  await world.tell(topics.staticIp, {
    ...{ runnerId, poolId, hetznerProjectId: world.projectId, version: 1n, status: StaticIpStatus.ACTIVE },
    ...{ location: 'fsn1', primaryIpId: 77n, createdAt: instant('2026-10-31T08:00:00Z') },
  });
  await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM meter')).toHaveLength(3));
  await world.tell(topics.organization, { version: 1n, name: 'Acme', timeZone: 'Europe/Berlin' });
  await closed('2026-10');
});
afterAll(() => world.stop());

const instant = (text: string) => timestampFromDate(new Date(text));
const tellMachine = (machineId: string, told: { version: bigint; created: string; gone?: string }) =>
  world.tell(topics.machine, {
    ...{ machineId, runnerId, poolId, hetznerProjectId: world.projectId, version: told.version },
    ...{ serverType: 'cx23', location: 'fsn1', serverId: 42n, orderedAt: instant(told.created) },
    createdAt: instant(told.created),
    lastSeenAt: instant(told.gone ?? told.created),
    ...(told.gone && { deletedAt: instant(told.gone) }),
  });
const closed = (month: string) =>
  eventually(async () =>
    expect(await world.db.asAdmin(`SELECT 1 FROM statement WHERE month = '${month}'`)).toHaveLength(1),
  );
const download = (file: string, caller?: ReturnType<typeof world.caller>) =>
  world.get(`/billing/statements/${file}`, caller);

describe('a statement', () => {
  it('has a line for each machine and static IP of the month, with its end and its cost', async () => {
    const response = await download('2026-10.csv');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="cleanroom-2026-10.csv"');
    const about = `${runnerId},${poolId}`;
    expect((await response.text()).trim().split('\n')).toEqual([
      'month,kind,hetzner_id,runner,pool,type,location,created_at,deleted_at,end_estimated,hours,net_per_hour,net_amount,currency',
      `2026-10,machine,42,${about},cx23,fsn1,2026-10-31T09:00:00.000Z,2026-10-31T11:57:00.000Z,false,3,0.0088,0.0264,EUR`,
      `2026-10,machine,42,${about},cx23,fsn1,2026-10-31T20:30:00.000Z,,false,4,0.0088,0.0352,EUR`,
      `2026-10,static_ip,77,${about},ipv4,fsn1,2026-10-31T08:00:00.000Z,,false,16,0.0008,0.0128,EUR`,
    ]);
  });

  it('says the same as JSON, with the total', async () => {
    const statement = (await (await download('2026-10.json')).json()) as { lines: object[] };
    expect(statement).toMatchObject({ month: '2026-10', net_total: '0.0744', currency: 'EUR' });
    expect(statement.lines).toHaveLength(3);
    expect(statement.lines[1]).toMatchObject({ deleted_at: null, hours: 4, net_amount: '0.0352' });
  });

  it.each([
    ['2026-11.csv', 'not_closed'],
    ['2026-09.csv', 'nothing_billed'],
  ])('is not there for %s, which says %s', async (file, error) => {
    const response = await download(file);
    expect([response.status, await response.json()]).toEqual([404, { error }]);
  });

  it('will never be there for an organisation that had no machine in that month', async () => {
    const response = await download('2026-10.json', world.caller(newId('organization')));
    expect([response.status, await response.json()]).toEqual([404, { error: 'nothing_billed' }]);
  });

  it.each([
    '2026-10.xml',
    '2026-13.csv',
    '2026-10',
    '2026-10.csv.json',
    'constructor.csv',
    '2026-10.constructor',
  ])('has no file named %s', async (file) => {
    expect((await download(file)).status).toBe(404);
  });

  it('is for its own organisation and its users only', async () => {
    expect((await download('2026-10.csv', world.caller(newId('organization')))).status).toBe(404);
    expect((await download('2026-10.csv', { kind: 'anonymous', source: '127.0.0.1' })).status).toBe(401);
  });

  it('never changes: what is found out later is a line of the next one', async () => {
    const before = await (await download('2026-10.csv')).text();
    // It had ended in October already, and nobody knew.
    await tellMachine(open, { version: 2n, created: '2026-10-31T20:30:00Z', gone: '2026-10-31T21:00:00Z' });
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT 1 FROM meter WHERE ended_at IS NULL')).toHaveLength(1),
    );
    expect(await (await download('2026-10.csv')).text()).toBe(before);
    await expect(world.db.asAdmin(`UPDATE statement_line SET hours = 1`)).rejects.toThrow('does not change');
    await expect(world.db.asAdmin(`DELETE FROM statement`)).rejects.toThrow('does not change');
    await expect(world.db.asAdmin(`TRUNCATE statement_line`)).rejects.toThrow('does not change');
    const another = `INSERT INTO statement_line SELECT (jsonb_populate_record(line, '{"meter_id": "another"}')).*
      FROM statement_line line LIMIT 1`;
    await expect(world.db.asAdmin(another)).rejects.toThrow('does not change');
  });
});
