import { fixedClock } from '@cleanroom/testing';
import { idleRunner } from './idle-runner.js';

const ofGeneration = (generation: number) => ({
  ...{ generation, enrolledGeneration: generation, protectedGeneration: generation },
  ...{ startedGeneration: generation, gitlabIntentGeneration: generation },
});

it.each([
  ['ENROLLING' as const, 'after its order', ofGeneration(1), '1 job queued'],
  ['ENROLLING' as const, 'after a rebuild', ofGeneration(2), null],
  ['BUSY' as const, 'after a job', { quiet: true, jobStarted: true, gitlabJobId: 7 }, null],
])('a runner that was %s becomes IDLE %s and tells why it was woken, or nothing', async (...given) => {
  const [state, , machine, stateReason] = given;
  const runner = { state, stateReason: 'its job is over', wantedBecause: '1 job queued' };
  const world = await idleRunner(fixedClock(), { runner, machine, works: false });
  try {
    await world.step();
    expect(await world.runner()).toMatchObject({ state: 'IDLE', stateReason });
  } finally {
    await world.stop();
  }
});
