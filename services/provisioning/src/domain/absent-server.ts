/** Two looks that lie closer together may be one wrong answer, told twice. */
const SECOND_LOOK_AFTER_MS = 30_000;

/**
 * Whether a server that a look does not find is gone: one look alone may be wrong, so that it takes a second one, and a
 * while between them.
 *
 * @param absentSince when the first of the looks in a row that do not find it was made; null where this is the first
 */
export const isGone = (
  absentSince: Date | null,
  lookedAt: Date,
  secondLookAfterMs = SECOND_LOOK_AFTER_MS,
): boolean => absentSince !== null && lookedAt.getTime() - absentSince.getTime() >= secondLookAfterMs;
