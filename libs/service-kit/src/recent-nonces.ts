import { CALL_GOOD_FOR_MS, type UsedNonces } from './call-signature.js';

/**
 * Nonces of the calls of the last minute. Two generations, so that forgetting costs nothing: the older one is dropped
 * whole once no signature from its time can be good any more.
 */
export class RecentNonces implements UsedNonces {
  private older = new Set<string>();
  private newer = new Set<string>();
  private turnedAt = performance.now();

  use(nonce: string): boolean {
    this.turn();
    if (this.older.has(nonce) || this.newer.has(nonce)) return false;
    this.newer.add(nonce);
    return true;
  }

  private turn(): void {
    // A signature may come from a clock that is ahead by as much as it may be behind.
    if (performance.now() - this.turnedAt < 2 * CALL_GOOD_FOR_MS) return;
    this.older = this.newer;
    this.newer = new Set();
    this.turnedAt = performance.now();
  }
}
