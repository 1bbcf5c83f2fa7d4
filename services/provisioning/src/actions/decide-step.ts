import { nextStep } from '../domain/next-step.js';
import type { Step } from '../domain/step.js';
import type { ProvisioningPorts } from '../ports.js';
import type { RunnerCase } from './reconcile-runner.js';

/** What is to be done next in a case as it is known. */
export const decideStep = (
  { workingSince, hearingSince, clockFactor }: ProvisioningPorts,
  found: RunnerCase,
  now: Date,
): Step => nextStep({ ...found, workingSince, hearingSince: hearingSince(), clockFactor }, now);
