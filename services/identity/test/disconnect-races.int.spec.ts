import { RunnerState, StaticIpStatus, topics } from '@cleanroom/contracts';
import { Secret } from '@cleanroom/secrets';
import { eventually } from '@cleanroom/testing';
import { markProject } from '../src/actions/mark-project.js';
import { DISCONNECT, hetznerProjects, refused } from './hetzner-projects.js';
import { newId } from './identity-world.js';

const { given, mutate, connect, sshKeys, rows, events } = hetznerProjects();

let id: string;
beforeEach(async () => {
  id = (await connect()).hetznerProject?.id ?? '';
});

const runner = (more: object = {}) => ({
  runnerId: newId('runner'),
  organizationId: given.acme,
  poolId: newId('pool'),
  hetznerProjectId: id,
  state: RunnerState.REQUESTED,
  locations: ['fsn1'],
  ...more,
});
const statusOf = async (runnerId: string) =>
  (await given.world.published(topics.staticIp)).filter((event) => event.runnerId === runnerId).at(-1)
    ?.status;
const becomes = (runnerId: string, status: StaticIpStatus) =>
  eventually(async () => expect(await statusOf(runnerId)).toBe(status));

/** Disconnects; between the end of the mark and Hetzner's answer something else happens. */
async function disconnectedWhile(meanwhile: () => Promise<unknown>) {
  const operation = 'delete_ssh_key';
  await given.world.steer('POST', 'faults', { operation, mode: 'delay', ms: 12_000 });
  const outcome = mutate(DISCONNECT, { id });
  await eventually(async () => expect(await sshKeys()).toEqual([]));
  await meanwhile();
  await given.world.steer('DELETE', 'faults');
  return outcome;
}

const CONNECTED_AND_DISCONNECTED = ['create_ssh_key', 'update_ssh_key', 'delete_ssh_key'];

/** A pool begins to use the project. */
const use = () =>
  given.world.tell(topics.pool, {
    poolId: newId('pool'),
    organizationId: given.acme,
    hetznerProjectId: id,
  });

describe('a Hetzner project in use', () => {
  it('gets its mark back, also where whoever removed it died over it', async () => {
    await use();
    const [first] = await sshKeys();
    await given.world.atHetzner(given.tokens.token, `/ssh_keys/${first?.id}`, { method: 'DELETE' });
    const mark = await eventually(async () => {
      const [second] = await sshKeys();
      expect(await rows('ssh_key_id::int')).toEqual([{ ssh_key_id: second?.id }]);
      return second;
    });
    expect(mark?.id).not.toBe(first?.id);
    expect(mark?.labels).toMatchObject({ 'cleanroom-hetzner-project': id });
    await eventually(async () =>
      expect((await events()).at(-1)).toMatchObject({ sshKeyId: BigInt(mark?.id ?? 0) }),
    );
  });

  it('is not taken for another that is connected already when it is marked once more', async () => {
    const { ports, hetzner } = given.world;
    const { endpoint } = hetzner;
    const claim = { organizationId: given.acme, hetznerProjectId: id, endpoint };
    const calls = ports.providers.hetzner(endpoint, new Secret(given.tokens.token));
    const [mark] = await sshKeys();
    expect(await markProject(ports, claim, calls)).toMatchObject({ value: { mark: { id: mark?.id } } });
  });
});

describe('a Hetzner project that somebody begins to use while it is disconnected', () => {
  it('stays connected, with a mark as before', async () => {
    const outcome = await disconnectedWhile(async () => {
      await use();
      await eventually(async () => expect(await rows('id', 'known_pool')).toHaveLength(1));
    });
    expect(outcome.userErrors).toEqual(refused('IN_USE', 'id'));
    const [mark] = await sshKeys();
    expect(mark?.labels).toMatchObject({ 'cleanroom-hetzner-project': id });
    expect(await rows('deleted, ssh_key_id::int')).toEqual([{ deleted: false, ssh_key_id: mark?.id }]);
    await eventually(async () =>
      expect((await events()).at(-1)).toMatchObject({ deleted: false, sshKeyId: BigInt(mark?.id ?? 0) }),
    );
  });

  it('keeps the credentials to give back an address, also where only its runner was heard of', async () => {
    const wish = runner();
    const outcome = await disconnectedWhile(async () => {
      await given.world.tell(topics.runner, wish);
      await becomes(wish.runnerId, StaticIpStatus.ACTIVE);
    });
    expect(outcome.userErrors).toEqual(refused('IN_USE', 'id'));
    await given.world.tell(topics.runner, { ...wish, releaseStaticIp: true });
    await becomes(wish.runnerId, StaticIpStatus.RELEASED);
    await eventually(async () => expect((await mutate(DISCONNECT, { id })).deletedId).toBe(id));
  });

  it('asks Hetzner for nothing once it is disconnected, and lets go of who came too late', async () => {
    expect((await mutate(DISCONNECT, { id })).deletedId).toBe(id);
    const late = runner();
    await given.world.tell(topics.runner, late);
    await eventually(async () =>
      expect(await rows('reason', 'static_ip')).toEqual([
        { reason: 'the Hetzner credentials are not accepted' },
      ]),
    );
    await given.world.tell(topics.runner, { ...late, releaseStaticIp: true });
    await becomes(late.runnerId, StaticIpStatus.RELEASED);
    expect(await given.world.changesAtHetzner(given.tokens.project)).toEqual(CONNECTED_AND_DISCONNECTED);
  });
});
