// at: services/provisioning/src/domain/runner.ts | refused: The domain decides
import type { Ports } from '../ports.js';
export type A = Ports;
