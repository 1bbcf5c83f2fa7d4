import { currentStep } from './set-up-steps.js';

it('leads from one step to the next, and back to one that was undone', () => {
  expect(currentStep({ hetzner: false, gitlab: false, pool: false })).toBe('hetzner');
  expect(currentStep({ hetzner: true, gitlab: false, pool: false })).toBe('gitlab');
  expect(currentStep({ hetzner: false, gitlab: true, pool: true })).toBe('hetzner');
  expect(currentStep({ hetzner: true, gitlab: true, pool: true })).toBeUndefined();
});
