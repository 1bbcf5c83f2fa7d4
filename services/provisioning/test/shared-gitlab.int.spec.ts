import { systemClock } from '@cleanroom/kernel';
import { removeOrphanGitLabRunners } from '../src/actions/remove-orphan-gitlab-runners.js';
import { gitlabMark } from '../src/domain/server-name.js';
import { idleRunner } from './idle-runner.js';
import { newId } from './provisioning-world.js';

it('a GitLab runner of another organisation in the same group is no orphan, one of nobody is', async () => {
  const world = await idleRunner(systemClock, { works: false });
  const { organizationId, gitlabConnectionId: id, ports, db } = world;
  const theirs = newId('machine');
  // Whatever else that organisation would have to have for it is not what is tried here.
  await db.asAdmin(
    `WITH free AS (SELECT set_config('session_replication_role', 'replica', true))
     INSERT INTO machine SELECT (jsonb_populate_record(own, $1)).* FROM machine AS own, free`,
    [JSON.stringify({ id: theirs, organization_id: newId('organization'), runner_id: newId('runner') })],
  );
  const marks: Record<number, string> = {
    77: gitlabMark('spec', theirs, 1),
    78: gitlabMark('spec', newId('machine'), 1),
  };
  Object.assign(world.gitlab.calls, {
    list: async () => Object.keys(marks).map((one) => ({ id: Number(one), description: 'cr-mch_x-g1' })),
    markOf: async (one: number) => marks[one],
  });
  await db.asAdmin('INSERT INTO observation (id, organization_id) VALUES ($1, $2)', [id, organizationId]);
  for (let look = 0; look < 3; look++)
    await removeOrphanGitLabRunners(ports, { id, organizationId, epoch: 0n });
  expect(new Set(world.gitlab.deleted)).toEqual(new Set([78]));
  await world.stop();
});
