/** Thrown when a cursor lies before what is kept, or was never given out: the client must ask for the state afresh. */
export class CursorExpired extends Error {
  override readonly name = 'CursorExpired';
  readonly code = 'CURSOR_EXPIRED';

  constructor() {
    super('the cursor is older than what is kept, or unknown');
  }
}

/** An opaque position in an organisation's change log of one service. */
export const encodeCursor = (service: string, sequence: bigint): string =>
  Buffer.from(`${service}:${sequence}`).toString('base64url');

/** @throws CursorExpired when the text is no cursor of this service */
export function decodeCursor(service: string, cursor: string): bigint {
  const [name, sequence] = Buffer.from(cursor, 'base64url').toString().split(':');
  if (name !== service || !/^\d{1,18}$/.test(sequence ?? '')) throw new CursorExpired();
  return BigInt(sequence ?? '');
}
