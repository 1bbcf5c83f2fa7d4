import { eventually } from '@cleanroom/testing';
import { GitLabRefused } from '../src/ports.js';
import { SchedulingWorld } from './scheduling-world.js';

let world: SchedulingWorld;
beforeEach(async () => {
  world = await SchedulingWorld.open();
  await world.connect();
  world.work();
});
afterEach(() => world.close());

const atGitLab = () => world.gitlab.hooksOf.get('group:1') ?? [];
const rows = () => world.rows<{ state: string }>('SELECT state FROM gitlab_hook');
const connection = async () =>
  (await world.rows('SELECT deleted, access_token IS NOT NULL AS kept FROM gitlab_connection'))[0];
const isRegistered = () => eventually(async () => expect(await rows()).toEqual([{ state: 'REGISTERED' }]));
const disconnect = () => world.connect({ deleted: true, accessToken: null });
const isForgotten = () =>
  eventually(async () => {
    expect(await rows()).toEqual([]);
    expect(await connection()).toEqual({ deleted: true, kept: false });
  });

describe('the webhooks of a connection that is disconnected', () => {
  it('are deleted in GitLab, and then its token is forgotten', async () => {
    await world.pool();
    await isRegistered();
    const theirs = { id: 99, url: 'https://else.example', jobEvents: true, disabled: false };
    world.gitlab.hooksOf.set('group:1', [...atGitLab(), theirs]);
    await disconnect();
    await isForgotten();
    expect(atGitLab()).toEqual([theirs]);
  });

  it('are deleted once a GitLab that is down answers again, and it is asked for nothing else', async () => {
    await world.pool();
    await isRegistered();
    world.gitlab.down = true;
    await disconnect();
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM gitlab_hook WHERE lease_failures > 0')).toHaveLength(1),
    );
    expect(await connection()).toEqual({ deleted: true, kept: true });
    await eventually(async () =>
      expect(
        await world.rows(`SELECT 1 FROM gitlab_connection WHERE due_at IS NOT NULL
          UNION ALL SELECT 1 FROM gitlab_project WHERE due_at IS NOT NULL`),
      ).toEqual([]),
    );
    const { calls } = world.gitlab;
    world.gitlab.down = false;
    world.clock.advance(61_000);
    await isForgotten();
    expect(atGitLab()).toEqual([]);
    expect(world.gitlab.calls - calls).toBe(2);
  });

  it('are given up where the token is not accepted any more', async () => {
    await world.pool();
    await isRegistered();
    world.gitlab.refused = () => new GitLabRefused('the token is revoked');
    await disconnect();
    await isForgotten();
    expect(atGitLab()).toHaveLength(1);
  });

  it('are given up after a day without an answer', async () => {
    await world.pool();
    await isRegistered();
    world.gitlab.down = true;
    await disconnect();
    expect(await connection()).toEqual({ deleted: true, kept: true });
    world.clock.advance(25 * 3_600_000);
    await isForgotten();
  });

  it('need no token where there are none', async () => {
    await disconnect();
    expect(await connection()).toEqual({ deleted: true, kept: false });
  });
});
