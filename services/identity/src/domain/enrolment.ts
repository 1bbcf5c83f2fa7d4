/** What identity knows of the current generation of a machine. */
export interface KnownMachine {
  readonly id: string;
  readonly organizationId: string;
  readonly runnerId: string;
  readonly poolId: string;
  readonly generation: number;
  readonly address: string;
  readonly ticketHash: Uint8Array;
  readonly ticketExpiresAt: Date;
  readonly ticketUsedAt: Date | null;
  /** Key of the machine that used it. */
  readonly publicKey: string | null;
  readonly revoked: boolean;
  readonly deleted: boolean;
  readonly quarantined: boolean;
  /** The latest of whose ticket it was told that somebody elsewhere holds it; 0 for none. */
  readonly elsewhereGeneration: number;
}

export interface EnrolmentRequest {
  readonly generation: number;
  readonly ticketHash: Uint8Array;
  readonly publicKey: string;
  /** Whether the request was signed with that key. */
  readonly isProven: boolean;
  /** Address of the socket. */
  readonly source: string;
}

/**
 * `admit`: the first use. `repeat`: the same machine asks again after a lost answer. `used`: somebody else has the ticket
 * too. `elsewhere`: so does whoever shows it from another address, which lets nobody in. `unknown`: the event that tells of
 * the machine, or of this generation, is still on its way.
 */
export type EnrolmentVerdict = 'admit' | 'repeat' | 'used' | 'elsewhere' | 'refuse' | 'unknown';

/** Whether this generation of a machine may still act at all. */
export const isUsable = (
  machine: Pick<KnownMachine, 'generation' | 'revoked' | 'deleted' | 'quarantined'>,
  generation: number,
): boolean =>
  machine.generation === generation && !machine.revoked && !machine.deleted && !machine.quarantined;

/** Judges a ticket: single use, its time, its machine, its generation, its address. */
export function judgeEnrolment(
  machine: KnownMachine | undefined,
  request: EnrolmentRequest,
  now: Date,
): EnrolmentVerdict {
  if (!machine || machine.generation < request.generation) return 'unknown';
  const isItsTicket =
    machine.generation === request.generation && sameBytes(machine.ticketHash, request.ticketHash);
  if (!isItsTicket || machine.revoked || machine.deleted) return 'refuse';
  const isAnothers = machine.publicKey !== null && machine.publicKey !== request.publicKey;
  if (isAnothers && request.isProven) return 'used';
  if (machine.quarantined) return 'refuse';
  if (machine.address !== request.source) return 'elsewhere';
  if (!request.isProven) return 'refuse';
  if (machine.ticketUsedAt !== null) return 'repeat';
  return machine.ticketExpiresAt > now ? 'admit' : 'refuse';
}

/** Hashes are compared, not tickets: their bytes tell nothing, so an early exit does not either. */
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
