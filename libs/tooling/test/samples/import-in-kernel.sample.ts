// at: libs/kernel/src/money.ts | refused: The kernel imports nothing
import { randomBytes } from 'node:crypto';
export const a = randomBytes;
