import { systemClock } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { correctLabels } from '../src/actions/correct-labels.js';
import { ProviderError, type Servers } from '../src/ports.js';
import { idleRunner, newId } from './idle-runner.js';

it('a server that cannot be labelled does not keep the labels of the others from being corrected', async () => {
  const labelled: number[] = [];
  const setLabels: Servers['setLabels'] = async (id) => {
    labelled.push(id);
    if (id === 42) throw new ProviderError('busy', 'the server is locked');
  };
  const world = await idleRunner(systemClock, { works: false, servers: { setLabels } });
  const { organizationId, hetznerProjectId, ports } = world;
  const policy = newId('firewallPolicy');
  await inOrganization(world.db, organizationId, async (tx) => {
    await tx.query('UPDATE pool SET policy_ids = ARRAY[$1]', [policy]);
    await tx.query(
      `INSERT INTO runner SELECT (jsonb_populate_record(runner, jsonb_build_object('id', $1::text, 'seat', 7))).* FROM runner`,
      [newId('runner')],
    );
    await tx.query(
      `INSERT INTO machine SELECT (jsonb_populate_record(machine, jsonb_build_object(
         'id', $1::text, 'server_id', 43, 'runner_id', (SELECT id FROM runner WHERE seat = 7)))).* FROM machine`,
      [newId('machine')],
    );
  });
  const listed = [42, 43].map((id) => ({ id, name: `s-${id}`, created: new Date(), labels: {} }));
  const servers = { setLabels } as Servers;
  const list = { organizationId, projectId: hetznerProjectId, servers, listed, listedAt: new Date() };
  await correctLabels(ports, list);
  expect(labelled.sort()).toEqual([42, 43]);
  expect(world.lines).toContainEqual(expect.objectContaining({ server: 42, failure: 'busy' }));
  await world.stop();
});
