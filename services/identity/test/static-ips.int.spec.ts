import { timestampDate } from '@bufbuild/protobuf/wkt';
import { RunnerState, StaticIpStatus, StaticIpTrouble, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { connectProject } from './connect-project.js';
import { IdentityWorld, newId, type ProjectTokens } from './identity-world.js';

interface PrimaryIp {
  id: number;
  name: string;
  ip: string;
  created: string;
  auto_delete: boolean;
  location: { name: string };
  labels: Record<string, string>;
}

const SHOWN = `{ staticIps { address location status leasedSince } }`;

let world: IdentityWorld;
let acme: string;
let tokens: ProjectTokens;
let hetznerProjectId: string;
let poolId: string;

beforeAll(async () => {
  world = await IdentityWorld.start();
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
  tokens = await world.newProject();
  hetznerProjectId = await connectProject(world, acme, tokens.token);
  poolId = newId('pool');
});
afterEach(async () => {
  await world.steer('DELETE', 'faults');
  await world.steer('PUT', 'limits', { primaryIps: 10 });
});
afterAll(() => world.stop());

const requested = async (given: { runnerId?: string; seat?: number; releaseStaticIp?: boolean } = {}) => {
  const runnerId = given.runnerId ?? newId('runner');
  await world.tell(topics.runner, {
    organizationId: acme,
    poolId,
    hetznerProjectId,
    state: RunnerState.REQUESTED,
    seat: 0,
    locations: ['fsn1', 'nbg1'],
    ...given,
    runnerId,
  });
  return runnerId;
};
const released = (runnerId: string) => requested({ runnerId, releaseStaticIp: true });
const ips = async () =>
  (await world.atHetzner<{ primary_ips: PrimaryIp[] }>(tokens.token, '/primary_ips')).primary_ips;
const told = async (runnerId: string) =>
  (await world.published(topics.staticIp)).filter((event) => event.runnerId === runnerId).at(-1);
const becomes = (runnerId: string, status: StaticIpStatus) =>
  eventually(async () => {
    const event = await told(runnerId);
    expect(event).toMatchObject({ status });
    return event!;
  });
const fault = (mode: string, operation: string, more: object = {}) =>
  world.steer('POST', 'faults', { operation, mode, times: 1, ...more });
const post = (path: string, body: object) =>
  world.atHetzner<{ primary_ip: PrimaryIp }>(tokens.token, path, {
    method: 'POST',
    body: JSON.stringify(body),
  });
const labels = (runner: string) => ({
  'cleanroom-installation': 'spec',
  'cleanroom-organization': acme,
  'cleanroom-pool': poolId,
  'cleanroom-runner': runner,
});

describe('a new runner', () => {
  it('gets an address in the location of its seat, which outlives its machines and is ours by all labels', async () => {
    const runnerId = await requested({ seat: 1 });
    const event = await becomes(runnerId, StaticIpStatus.ACTIVE);
    const [ip] = await ips();
    expect(ip).toMatchObject({
      name: `cr-ip-${runnerId.slice(4)}`,
      auto_delete: false,
      location: { name: 'nbg1' },
      labels: labels(runnerId),
    });
    expect(event).toMatchObject({
      address: ip?.ip,
      primaryIpId: BigInt(ip?.id ?? 0),
      location: 'nbg1',
      reason: '',
    });
    expect(timestampDate(event.createdAt!)).toEqual(new Date(ip?.created ?? 0));
    const { data } = await world.ask(world.caller(acme, 'VIEWER'), SHOWN);
    const leasedSince = new Date(ip?.created ?? 0).toISOString();
    expect(data).toEqual({
      staticIps: [{ address: ip?.ip, location: 'nbg1', status: 'ACTIVE', leasedSince }],
    });
  });

  it.each(['lose_answer', 'reset', 'truncate'])('gets exactly one address after %s', async (mode) => {
    await fault(mode, 'create_primary_ip');
    await becomes(await requested(), StaticIpStatus.ACTIVE);
    expect(await ips()).toHaveLength(1);
  });

  it('gets its address elsewhere where a location has none', async () => {
    await fault('fail', 'create_primary_ip', { status: 412, code: 'resource_unavailable' });
    expect(await becomes(await requested(), StaticIpStatus.ACTIVE)).toMatchObject({ location: 'nbg1' });
  });

  it('waits and says so while the account may hold no more addresses', async () => {
    await world.steer('PUT', 'limits', { primaryIps: 0 });
    const runnerId = await requested();
    await eventually(async () =>
      expect(await told(runnerId)).toMatchObject({
        reason: expect.stringContaining('limit of Primary IPs'),
        trouble: StaticIpTrouble.LIMIT,
      }),
    );
    await world.steer('PUT', 'limits', { primaryIps: 10 });
    expect(await becomes(runnerId, StaticIpStatus.ACTIVE)).toMatchObject({
      reason: '',
      trouble: StaticIpTrouble.UNSPECIFIED,
    });
  });

  it('stops all writing as soon as the credentials are refused, and goes on with others', async () => {
    await world.steer('DELETE', 'tokens', { token: tokens.token });
    const runnerId = await requested();
    await eventually(async () =>
      expect(await told(runnerId)).toMatchObject({
        reason: 'the Hetzner credentials are not accepted',
        trouble: StaticIpTrouble.CREDENTIALS,
      }),
    );
    const update = `mutation($id: ID!, $apiToken: String) { updateHetznerProject(id: $id, apiToken: $apiToken) { userErrors { code } } }`;
    await world.ask(world.caller(acme), update, { id: hetznerProjectId, apiToken: tokens.second });
    await becomes(runnerId, StaticIpStatus.ACTIVE);
  });

  it('does not take an address that has its name and is not ours', async () => {
    const runnerId = newId('runner');
    await post('/primary_ips', { name: `cr-ip-${runnerId.slice(4)}`, type: 'ipv4', location: 'fsn1' });
    await requested({ runnerId });
    await eventually(async () => expect((await told(runnerId))?.reason).toMatch(/is not ours/));
    await released(runnerId);
    await becomes(runnerId, StaticIpStatus.RELEASED);
    expect(await ips()).toHaveLength(1);
  });
});

describe('a runner that is not needed any more', () => {
  it('gives its address back, and the end lies between the last sighting and the first absence', async () => {
    const runnerId = await requested();
    await becomes(runnerId, StaticIpStatus.ACTIVE);
    await released(runnerId);
    const { createdAt, lastSeenAt, releasedAt } = await becomes(runnerId, StaticIpStatus.RELEASED);
    expect(await ips()).toEqual([]);
    const [from, seen, gone] = [createdAt, lastSeenAt, releasedAt].map((at) => timestampDate(at!).getTime());
    expect(from).toBeLessThanOrEqual(seen!);
    expect(seen).toBeLessThanOrEqual(gone!);
  });

  it('never had one where it is released before anything was asked for', async () => {
    const runnerId = await requested({ releaseStaticIp: true });
    const { primaryIpId, createdAt } = await becomes(runnerId, StaticIpStatus.RELEASED);
    expect([primaryIpId, createdAt]).toEqual([0n, undefined]);
  });

  it('gives back what was leased while its release was asked for', async () => {
    await fault('delay', 'create_primary_ip', { ms: 600 });
    const runnerId = await requested();
    await eventually(async () => expect((await told(runnerId))?.reason).toMatch(/asked Hetzner/));
    await released(runnerId);
    expect(await becomes(runnerId, StaticIpStatus.RELEASED)).toMatchObject({ createdAt: expect.anything() });
    expect(await ips()).toEqual([]);
  });

  it('gives its address back also after a lost answer', async () => {
    const runnerId = await requested();
    await becomes(runnerId, StaticIpStatus.ACTIVE);
    await fault('lose_answer', 'delete_primary_ip');
    const askedAfter = world.clock.now();
    await released(runnerId);
    const { lastSeenAt } = await becomes(runnerId, StaticIpStatus.RELEASED);
    expect(await ips()).toEqual([]);
    // It was there when its deletion was asked for, so no hour of it is left out.
    expect(timestampDate(lastSeenAt!).getTime()).toBeGreaterThanOrEqual(askedAfter.getTime());
  });

  it('waits until no server holds the address', async () => {
    const runnerId = await requested();
    const { primaryIpId } = await becomes(runnerId, StaticIpStatus.ACTIVE);
    const server = await world.atHetzner<{ server: { id: number } }>(tokens.token, '/servers', {
      method: 'POST',
      body: JSON.stringify({
        name: 'holder',
        server_type: 'cx23',
        image: 'debian-12',
        location: 'fsn1',
        public_net: { enable_ipv4: true, enable_ipv6: false, ipv4: Number(primaryIpId) },
      }),
    });
    await released(runnerId);
    await eventually(async () => expect((await told(runnerId))?.reason).toMatch(/must-be-unassigned/));
    await world.atHetzner(tokens.token, `/servers/${server.server.id}`, { method: 'DELETE' });
    await becomes(runnerId, StaticIpStatus.RELEASED);
  });
});

describe('addresses that nobody knows', () => {
  const stray = (number: number, given = labels(newId('runner'))) =>
    post('/primary_ips', { name: `stray-${number}`, type: 'ipv4', location: 'fsn1', labels: given });

  it('are deleted if they are ours, after two sightings; others are not touched', async () => {
    await stray(1);
    await stray(2, { ...labels(newId('runner')), 'cleanroom-organization': 'org_other' });
    await stray(3, { ...labels(newId('runner')), 'cleanroom-installation': 'other' });
    await stray(4, { ...labels(newId('runner')), 'cleanroom-pool': '' });
    await eventually(async () =>
      expect((await ips()).map(({ name }) => name).sort()).toEqual(['stray-2', 'stray-3', 'stray-4']),
    );
  });

  it('are left alone, and told of, where they are so many that the database must have lost its memory', async () => {
    for (const number of [1, 2, 3, 4]) await stray(number);
    const runnerId = await requested();
    await becomes(runnerId, StaticIpStatus.ACTIVE);
    const seenAt = async () =>
      (await world.db.asAdmin('SELECT last_seen_at FROM static_ip WHERE id = $1', [runnerId]))[0]
        ?.last_seen_at as Date;
    const fourMinutesOn = (await seenAt()).getTime() + 240_000;
    await eventually(async () => expect((await seenAt()).getTime()).toBeGreaterThan(fourMinutesOn));
    expect(await ips()).toHaveLength(5);
    const braked = () => world.figures('cleanroom_braked_sweeps', 'kind');
    expect(await braked()).toEqual({ addresses: 1 });
    const one = (await ips()).find(({ name }) => name === 'stray-1')!;
    await world.atHetzner(tokens.token, `/primary_ips/${one.id}`, { method: 'DELETE' });
    await eventually(async () => expect(await braked()).toEqual({ addresses: 0 }));
  });
});
