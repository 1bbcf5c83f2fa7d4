import { canDrain, isToBeDrained, whatDrainDoes } from './drain.js';
import { RUNNER_STATES } from './runner-states.js';

it('is for machines that stay', () => {
  const able = RUNNER_STATES.filter(({ state }) => canDrain(state)).map(({ word }) => word);
  expect(able).toEqual(['Busy', 'Idle', 'Starting', 'Enrolling', 'Cleaning']);
});

it('says what happens to the job', () => {
  expect(whatDrainDoes('BUSY', 'build')).toMatch(/^Its job build finishes first\. Then the machine/);
  expect(whatDrainDoes('BUSY', undefined)).toMatch(/^Its job finishes first\./);
  expect(whatDrainDoes('IDLE', undefined)).toMatch(/^No job runs on it\./);
});

it('knows who drains already, though the job still runs', () => {
  const since = Date.parse('2026-11-30T12:00:00Z');
  const drained = { kind: 'drain', at: '2026-11-30T12:01:00Z' };
  expect(isToBeDrained({ state: 'BUSY', since }, [drained])).toBe(true);
  expect(isToBeDrained({ state: 'BUSY', since }, [{ ...drained, at: '2026-11-30T11:00:00Z' }])).toBe(false);
  expect(isToBeDrained({ state: 'BUSY', since }, [{ ...drained, kind: 'wake' }])).toBe(false);
  expect(isToBeDrained({ state: 'STOPPING', since }, [drained])).toBe(false);
});
