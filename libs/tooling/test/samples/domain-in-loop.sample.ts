// at: services/provisioning/src/loops/reconcile-runners.ts | refused: A loop turns
import { nextStep } from '../domain/next-step.js';
export const a = nextStep;
