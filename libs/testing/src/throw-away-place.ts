import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const IN_MEMORY = '/dev/shm';
/** What a whole test run holds there at most, several times over. */
const ENOUGH_BYTES = 2 * 1024 ** 3;

/** A folder for what need not survive the test: in memory where the system has room for files there, else on the disk. */
export function throwAwayPlace(): string {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
