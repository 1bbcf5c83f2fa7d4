// at: services/provisioning/src/domain/runner.ts | refused: The domain imports the kernel
import { topics } from '@cleanroom/contracts';
export const a = topics;
