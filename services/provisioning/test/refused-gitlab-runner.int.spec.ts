import { fixedClock } from '@cleanroom/testing';
import { ProviderError } from '../src/ports.js';
import { idleRunner } from './idle-runner.js';

const refuse = (operation: string) => async () => {
  throw new ProviderError('refused', `${operation}: 403 Forbidden`);
};

it('a GitLab runner that GitLab refuses to make is told of once, until it is made', async () => {
  const clock = fixedClock('2026-11-23T09:00:00Z');
  const world = await idleRunner(clock, {
    runner: { state: 'ENROLLING', stateReason: 'a window', wantedBecause: 'a window' },
    machine: { gitlabRunnerId: 0, gitlabIntentGeneration: 0, startedGeneration: 0 },
    works: false,
  });
  const { create, findByMark } = world.gitlab.calls;
  Object.assign(world.gitlab.calls, {
    create: refuse('POST user/runners'),
    findByMark: refuse('GET groups/1/runners'),
  });
  for (let i = 0; i < 3; i++) {
    await world.step();
    clock.advance(4_000);
  }
  const reason = 'GitLab refuses to make its runner';
  expect(await world.runner()).toMatchObject({ state: 'ENROLLING', stateReason: reason });
  const timeline = await world.ports.transactions.inOrganization(world.organizationId, (tx) =>
    tx.timeline.page(world.runnerId, 10, undefined),
  );
  const told = timeline.map(({ message }) => message).filter((message) => message.startsWith(reason));
  expect(told).toEqual([`${reason}: POST user/runners: 403 Forbidden`]);

  Object.assign(world.gitlab.calls, { create, findByMark });
  await world.step();
  expect(await world.runner()).toMatchObject({ state: 'ENROLLING', stateReason: 'a window' });
  await world.stop();
});
