/** Thrown when what follows a cursor is no longer kept: the client must ask for the state afresh. */
export class CursorExpired extends Error {
  override readonly name = 'CursorExpired';

  constructor() {
    super('the cursor is older than what is kept, or of a log that is gone');
  }
}

/** Thrown for a text that no service could have given out as a cursor of this log. */
export class NoCursor extends Error {
  override readonly name = 'NoCursor';

  constructor() {
    super('the text is no cursor of this log');
  }
}

/** An opaque position in an organisation's change log of one service. */
export const encodeCursor = (service: string, sequence: bigint): string =>
  Buffer.from(`${service}:${sequence}`).toString('base64url');

/** @throws NoCursor when the text is no cursor of this service */
export function decodeCursor(service: string, cursor: string): bigint {
  const [name, sequence = ''] = Buffer.from(cursor, 'base64url').toString().split(':');
  if (name !== service || !/^\d{1,18}$/.test(sequence)) throw new NoCursor();
  // Decoding overlooks what is no base64, so that a text may look like a cursor without being one.
  if (encodeCursor(service, BigInt(sequence)) !== cursor) throw new NoCursor();
  return BigInt(sequence);
}
