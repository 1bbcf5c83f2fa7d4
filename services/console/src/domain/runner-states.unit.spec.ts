import { markOf } from './marks.js';
import { isAwake, isRunnerState, RUNNER_STATES, wordsOf } from './runner-states.js';

it('has a word, a meaning and a shape of its own for every state', () => {
  expect(RUNNER_STATES).toHaveLength(11);
  for (const { meaning } of RUNNER_STATES) expect(meaning).toMatch(/\.$/);
  for (const one of [
    RUNNER_STATES.map(({ word }) => word),
    RUNNER_STATES.map(({ state }) => JSON.stringify(markOf(state))),
  ])
    expect(new Set(one).size).toBe(RUNNER_STATES.length);
});

it('knows who has a machine', () => {
  const awake = RUNNER_STATES.filter(({ state }) => isAwake(state)).map(({ word }) => word);
  expect(awake).toEqual([
    ...['Busy', 'Idle', 'Starting', 'Enrolling', 'Cleaning', 'Draining', 'Stopping', 'Failed'],
  ]);
});

it('is not deceived by other words', () => {
  expect([isRunnerState('BUSY'), isRunnerState('busy'), isRunnerState('constructor')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(wordsOf('IDLE').word).toBe('Idle');
});
