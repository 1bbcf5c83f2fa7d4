// at: services/provisioning/src/domain/runner.ts | refused: The domain imports the kernel
import { readFileSync } from 'node:fs';
export const a = readFileSync;
