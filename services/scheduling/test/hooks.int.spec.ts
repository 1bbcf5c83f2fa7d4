import { eventually } from '@cleanroom/testing';
import { GitLabRefused } from '../src/ports.js';
import { SchedulingWorld } from './scheduling-world.js';

let world: SchedulingWorld;
beforeEach(async () => {
  world = await SchedulingWorld.open();
  world.gitlab.projects = [
    { id: 1, path: 'acme/web' },
    { id: 2, path: 'acme/api' },
  ];
  await world.connect();
  world.work();
});
afterEach(() => world.close());

const states = () =>
  world.rows<{ target: string; state: string }>(
    `SELECT target_kind || ':' || target_id AS target, state FROM gitlab_hook ORDER BY target_kind, target_id`,
  );
const withoutGroupHooks = () => {
  world.gitlab.refused = ({ kind }) => (kind === 'group' ? new GitLabRefused('not in this plan') : undefined);
};
const project1 = () => world.gitlab.hooksOf.get('project:1') ?? [];

describe('the webhooks of a connection', () => {
  it('are one at the group where the plan allows it', async () => {
    await world.pool();
    await eventually(async () =>
      expect(await states()).toEqual([{ target: 'group:1', state: 'REGISTERED' }]),
    );
    expect([...world.gitlab.hooksOf.keys()]).toEqual(['group:1']);
  });

  it('are one at every project where the plan allows none at the group', async () => {
    withoutGroupHooks();
    await world.pool();
    await eventually(async () =>
      expect(await states()).toEqual([
        { target: 'group:1', state: 'REFUSED' },
        { target: 'project:1', state: 'REGISTERED' },
        { target: 'project:2', state: 'REGISTERED' },
      ]),
    );
    expect(project1()).toMatchObject([{ url: expect.stringContaining(world.connectionId), jobEvents: true }]);
  });

  it('are adopted by their address where the answer to their creation was lost', async () => {
    withoutGroupHooks();
    world.gitlab.projects = [{ id: 1, path: 'acme/web' }];
    world.gitlab.loseNextHook = true;
    await world.pool();
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM gitlab_hook WHERE lease_failures > 0')).toHaveLength(1),
    );
    world.clock.advance(2_000);
    await eventually(async () =>
      expect(await states()).toContainEqual({ target: 'project:1', state: 'REGISTERED' }),
    );
    expect(project1()).toHaveLength(1);
  });

  it('are one per project, also where several creations were never answered', async () => {
    withoutGroupHooks();
    const url = `https://cleanroom.example/webhooks/gitlab/${world.connectionId}`;
    const twin = { url, jobEvents: true, disabled: false };
    world.gitlab.hooksOf.set('project:1', [
      { ...twin, id: 101 },
      { ...twin, id: 102 },
      { ...twin, id: 103, url: 'https://else.example' },
    ]);
    await world.pool();
    await eventually(async () =>
      expect(await states()).toContainEqual({ target: 'project:1', state: 'REGISTERED' }),
    );
    expect(project1().map(({ id }) => id)).toEqual([101, 103]);
  });

  it('are switched on again where GitLab disabled them', async () => {
    withoutGroupHooks();
    await world.pool();
    await eventually(async () =>
      expect(await states()).toContainEqual({ target: 'project:1', state: 'REGISTERED' }),
    );
    world.gitlab.hooksOf.set('project:1', [{ ...project1()[0]!, disabled: true }]);
    world.clock.advance(601_000);
    await eventually(() => expect(project1()).toMatchObject([{ disabled: false }]));
  });

  it('are deleted where no pool needs them any more', async () => {
    const pool = await world.pool();
    await eventually(async () => expect(await states()).toMatchObject([{ state: 'REGISTERED' }]));
    await world.pool({ ...pool, deleted: true, version: 99 });
    await eventually(async () => expect(await states()).toEqual([]));
    expect(world.gitlab.hooksOf.get('group:1')).toEqual([]);
  });

  it('wait, as polls do, while the credentials are known to be wrong, and go on once they are replaced', async () => {
    await world.connect({ status: 'CREDENTIALS_INVALID' });
    await world.pool();
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM gitlab_connection WHERE due_at IS NOT NULL')).toEqual([]),
    );
    expect(world.gitlab.calls).toBe(0);
    await world.connect();
    await eventually(async () =>
      expect(await states()).toEqual([{ target: 'group:1', state: 'REGISTERED' }]),
    );
  });

  it('keep their tokens sealed', async () => {
    const connection = await world.run((ledger) => ledger.connections.find(world.connectionId));
    const tokens = await world.vault.open(connection!);
    const [row] = await world.rows<{ signing_token: Buffer; plain_token: Buffer }>(
      'SELECT * FROM gitlab_connection',
    );
    expect(tokens.signing.reveal()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(row?.signing_token.includes(tokens.signing.reveal())).toBe(false);
    expect(row?.plain_token.includes(tokens.plain.reveal())).toBe(false);
  });
});
