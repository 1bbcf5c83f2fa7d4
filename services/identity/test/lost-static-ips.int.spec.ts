import { timestampDate } from '@bufbuild/protobuf/wkt';
import { RunnerState, StaticIpStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { connectProject } from './connect-project.js';
import { IdentityWorld, newId } from './identity-world.js';

let world: IdentityWorld;
let acme: string;
let token: string;
let hetznerProjectId: string;

beforeAll(async () => {
  world = await IdentityWorld.start();
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
  ({ token } = await world.newProject());
  hetznerProjectId = await connectProject(world, acme, token);
});
afterAll(() => world.stop());

const told = async (runnerId: string) =>
  (await world.published(topics.staticIp)).filter((event) => event.runnerId === runnerId);
const becomesLeased = (runnerId: string, not = 0n) =>
  eventually(async () => {
    const event = (await told(runnerId)).at(-1);
    expect(event?.status).toBe(StaticIpStatus.ACTIVE);
    expect(event?.primaryIpId).not.toBe(not);
    return event!;
  });
const leased = async () => {
  const runnerId = newId('runner');
  await world.tell(topics.runner, {
    organizationId: acme,
    poolId: newId('pool'),
    hetznerProjectId,
    state: RunnerState.REQUESTED,
    seat: 0,
    locations: ['fsn1', 'nbg1'],
    runnerId,
  });
  return { runnerId, first: await becomesLeased(runnerId) };
};
const inConsole = (method: string, id: bigint, body?: object) =>
  world.atHetzner(token, `/primary_ips/${id}`, { method, ...(body && { body: JSON.stringify(body) }) });
const absentSince = async (runnerId: string) =>
  (await world.db.asAdmin('SELECT absent_since FROM static_ip WHERE id = $1', [runnerId]))[0]?.absent_since;
const seenAt = async (runnerId: string) =>
  (
    (await world.db.asAdmin('SELECT last_seen_at FROM static_ip WHERE id = $1', [runnerId]))[0]
      ?.last_seen_at as Date
  ).getTime();

describe('a static IP that somebody deletes at Hetzner', () => {
  it('ends where it was last seen, leaves the allow-list, and its runner gets another', async () => {
    const { runnerId, first } = await leased();
    const deletedFrom = world.clock.now();
    await inConsole('DELETE', first.primaryIpId);
    const deletedBy = world.clock.now();
    const second = await becomesLeased(runnerId, first.primaryIpId);
    const events = (await told(runnerId)).filter(({ version }) => version > first.version);
    const [end, none] = events;
    expect(end).toMatchObject({ primaryIpId: first.primaryIpId, createdAt: first.createdAt });
    expect(timestampDate(end!.lastSeenAt!).getTime()).toBeLessThanOrEqual(deletedBy.getTime());
    expect(timestampDate(end!.releasedAt!).getTime()).toBeGreaterThanOrEqual(deletedFrom.getTime());
    expect(none).toMatchObject({ primaryIpId: 0n, address: '', status: StaticIpStatus.RESERVING });
    expect(second).toMatchObject({ location: 'fsn1', reason: '', createdAt: expect.anything() });
    expect(second.releasedAt).toBeUndefined();
    const { data } = await world.ask(world.caller(acme, 'VIEWER'), '{ staticIps { address } }');
    expect(data).toEqual({ staticIps: [{ address: second.address }] });
    expect(
      await world.db.asAdmin(`SELECT actor, subject FROM audit_log WHERE action = 'replace-static-ip'`),
    ).toEqual([{ actor: 'cleanroom', subject: runnerId }]);
  });

  it('is no longer in the allow-list before its runner has another', async () => {
    const { first } = await leased();
    await world.steer('PUT', 'limits', { primaryIps: 0 });
    try {
      await inConsole('DELETE', first.primaryIpId);
      await eventually(async () =>
        expect((await world.ask(world.caller(acme), '{ staticIps { address } }')).data).toEqual({
          staticIps: [],
        }),
      );
    } finally {
      await world.steer('PUT', 'limits', { primaryIps: 10 });
    }
  });
});

describe('a static IP that is still there', () => {
  it('stays with its runner also without its labels', async () => {
    const { runnerId, first } = await leased();
    await inConsole('PUT', first.primaryIpId, { labels: {} });
    const missedAt = await eventually(async () => {
      const since = await absentSince(runnerId);
      return since instanceof Date && since.getTime();
    });
    await eventually(async () => expect(await seenAt(runnerId)).toBeGreaterThan(missedAt));
    expect((await told(runnerId)).at(-1)).toEqual(first);
  });
});
