const FIRST_MS = 500;
const LONGEST_MS = 20_000;

/**
 * How long to wait before the next attempt: longer each time, and by chance, so that all browsers do not come back in the
 * same moment.
 *
 * @param failures in a row, from 1
 * @param chance from 0 to 1
 */
export const backoffMs = (failures: number, chance: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (0.5 + chance / 2);
