/** What one statement deletes at most: it takes well under a second of the 15 that a statement has. */
const PORTION = 5_000;

/**
 * Deletes what is old, a portion at a time, so that there may be any amount of it: a single statement that takes too long
 * deletes nothing, and the next has more to do. Each portion is a statement and a transaction of its own.
 *
 * @param deleteSome deletes at most so many rows and says how many it did
 */
export async function deleteInPortions(deleteSome: (atMost: number) => Promise<number>): Promise<void> {
  for (let deleted = PORTION; deleted >= PORTION;) deleted = await deleteSome(PORTION);
}
