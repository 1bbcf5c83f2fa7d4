import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { StaticIpStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, RunningBilling } from './running-billing.js';

let world: RunningBilling;
const poolId = newId('pool');
const runnerId = newId('runner');
beforeAll(async () => {
  world = await RunningBilling.start();
  await world.tell(topics.organization, { version: 1n, name: 'Acme', timeZone: 'Europe/Berlin' });
  await world.tell(topics.pool, { poolId, version: 1n, name: 'pool', serverTypes: ['cpx22', 'cx23'] });
  await world.connect();
  await world.pricesKnown();
  await tellIp();
  await tellMachine('first', '2026-10-05T21:30:00Z', '2026-10-06T00:10:00Z');
  await tellMachine('second', '2026-10-06T09:00:00Z', '2026-10-06T09:57:00Z');
  await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM meter')).toHaveLength(3));
  await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM organization')).toHaveLength(1));
});
afterAll(() => world.stop());

const instant = (text: string) => timestampFromDate(new Date(text));
const tellIp = () =>
  world.tell(topics.staticIp, {
    ...{ runnerId, poolId, hetznerProjectId: world.projectId, version: 1n, status: StaticIpStatus.ACTIVE },
    ...{ location: 'fsn1', primaryIpId: 4711n, createdAt: instant('2026-10-05T12:00:00Z') },
    ...{ lastSeenAt: instant('2026-10-07T12:00:00Z'), releasedAt: instant('2026-10-07T12:00:00Z') },
  });
const tellMachine = (id: string, created: string, gone: string, serverType = 'cx23') =>
  world.tell(topics.machine, {
    ...{ machineId: `mach_${id}`, runnerId, poolId, hetznerProjectId: world.projectId, version: 1n },
    ...{ serverType, location: 'fsn1', serverId: 42n, orderedAt: instant(created) },
    ...{ createdAt: instant(created), lastSeenAt: instant(gone), deletedAt: instant(gone) },
  });

const FIELDS = `estimated savedPercent total { amount currency } machines { amount } staticIps { amount }
  alwaysOnBaseline { amount } saved { amount }
  baselineMachines { serverType location places hourly { amount } } perDay { date cost { amount } baseline { amount } }`;
const report = async (from: string, to: string, caller = world.caller()) => {
  const query = `query ($from: DateTime!, $to: DateTime!) { costReport(from: $from, to: $to) { ${FIELDS} } }`;
  return (await world.ask<{ costReport: object }>(query, { from, to }, caller)).costReport;
};

describe('a cost report', () => {
  const from = '2026-10-05T10:00:00Z';
  const to = '2026-10-07T22:00:00Z';

  it('adds up machines and static IPs, by the days of the time zone, beside the same place always on', async () => {
    // 3 + 1 machine hours at 0.0088; 48 hours of the IP at 0.0008; always on: 48 hours of the cheaper type.
    expect(await report(from, to)).toEqual({
      estimated: false,
      total: { amount: '0.0736', currency: 'EUR' },
      machines: { amount: '0.0352' },
      staticIps: { amount: '0.0384' },
      alwaysOnBaseline: { amount: '0.4608' },
      saved: { amount: '0.3872' },
      baselineMachines: [{ serverType: 'cx23', location: 'fsn1', places: 1, hourly: { amount: '0.0088' } }],
      savedPercent: 84.02,
      perDay: [
        // Berlin is two hours ahead: the first machine's second hour begins on the next day.
        { date: '2026-10-05', cost: { amount: '0.0168' }, baseline: { amount: '0.096' } },
        { date: '2026-10-06', cost: { amount: '0.0456' }, baseline: { amount: '0.2304' } },
        { date: '2026-10-07', cost: { amount: '0.0112' }, baseline: { amount: '0.1344' } },
      ],
    });
  });

  it('of a pool is the same where the pool is all there is, and of another organisation empty', async () => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on RunnerPool {
      cost(from: "${from}", to: "${to}") { ${FIELDS} } } } }`;
    const of = { of: [{ __typename: 'RunnerPool', id: poolId }] };
    const { _entities } = await world.ask<{ _entities: { cost: object }[] }>(query, of);
    expect(_entities[0]?.cost).toEqual(await report(from, to));
    const stranger = world.caller(newId('organization'));
    expect(await report(from, to, stranger)).toMatchObject({
      total: { amount: '0.00', currency: 'EUR' },
      savedPercent: 0,
    });
  });

  it('of two windows that touch is that of both', async () => {
    const total = async (a: string, b: string) =>
      Math.round(Number(((await report(a, b)) as { total: { amount: string } }).total.amount) * 1e6);
    const middle = '2026-10-06T00:00:00Z';
    expect((await total(from, middle)) + (await total(middle, to))).toBe(await total(from, to));
  });

  it.each([
    ['2026-10-05', to],
    [from, 'tomorrow'],
    ['2026-02-30T00:00:00Z', to],
    [to, from],
    [from, from],
    ['2025-01-01T00:00:00Z', to],
  ])('from %s to %s is refused', async (a, b) => {
    await expect(report(a, b)).rejects.toThrow('BAD_USER_INPUT');
  });

  it('says that it waits for a price, rather than to leave something out', async () => {
    await tellMachine('new', '2026-10-01T09:00:00Z', '2026-10-01T09:30:00Z', 'unheard-of');
    await eventually(async () =>
      expect(await world.db.asAdmin(`SELECT 1 FROM meter WHERE type = 'unheard-of'`)).toHaveLength(1),
    );
    await expect(report('2026-10-01T00:00:00Z', to)).rejects.toThrow('SERVICE_UNAVAILABLE');
  });
});
