import { systemClock } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { onBaselineFirewall } from '../src/adapters/events/on-baseline-firewall.consumer.js';
import { idleRunner } from './idle-runner.js';

it('a wanted runner says that its project has no baseline firewall yet, and is ordered once it has', async () => {
  const world = await idleRunner(systemClock, {
    runner: { state: 'ASLEEP', machineId: null },
    machine: { deletedAt: new Date() },
    works: false,
  });
  await world.db.asAdmin('UPDATE hetzner_project SET baseline_firewall_id = 0');
  await world.step();
  expect(await world.runner()).toMatchObject({
    state: 'ASLEEP',
    stateReason: 'its Hetzner project has no baseline firewall yet',
    trouble: 'UNPREPARED',
  });
  await inOrganization(world.db, world.organizationId, async (tx) => {
    const { organizationId, hetznerProjectId } = world;
    const event = { organizationId, version: 1n, message: { hetznerProjectId, firewallId: 5n } };
    await onBaselineFirewall(systemClock).handle(
      tx,
      event as unknown as Parameters<ReturnType<typeof onBaselineFirewall>['handle']>[1],
    );
  });
  await world.step();
  expect(await world.runner()).toMatchObject({ state: 'ASLEEP', stateReason: null, trouble: null });
  await world.step();
  expect(await world.runner()).toMatchObject({ state: 'STARTING', stateReason: 'it is wanted' });
  await world.stop();
});
