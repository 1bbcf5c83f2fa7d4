import type { Situation } from '../src/domain/step.js';

/** A pool that is at work and gives each job a fresh machine; specs change in it what they are about. */
export const everyJobPool: Situation['pool'] = {
  paused: false,
  deleting: false,
  freshMachine: 'EVERY_JOB',
  tags: ['linux'],
  runUntagged: false,
  protectedRefsOnly: false,
  idleTimeoutSeconds: 300,
  maxMachineAgeSeconds: 86_400,
};
