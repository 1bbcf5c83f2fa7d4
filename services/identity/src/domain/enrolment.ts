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
  /** Wall clock milliseconds since the ticket was used; a lost answer is asked for again at once. */
  readonly usedAgoMs: number | null;
  /** Key of the machine that used it. */
  readonly publicKey: string | null;
  readonly revoked: boolean;
  readonly deleted: boolean;
  readonly quarantined: boolean;
}

export interface EnrolmentRequest {
  readonly generation: number;
  readonly ticketHash: Uint8Array;
  readonly publicKey: string;
  /** Address of the socket. */
  readonly source: string;
}

/** How long the same machine may ask again for an answer that got lost. */
const RETRY_WITHIN_MS = 60_000;

/**
 * `admit`: the first use. `repeat`: the same machine asks again after a lost answer. `quarantine`: somebody else has the
 * ticket too. `not-ready`: the event that tells of the ticket is still on its way.
 */
export type EnrolmentVerdict = 'admit' | 'repeat' | 'quarantine' | 'refuse' | 'not-ready';

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
  if (!machine || machine.generation < request.generation) return 'not-ready';
  if (!isUsable(machine, request.generation)) return 'refuse';
  if (!sameBytes(machine.ticketHash, request.ticketHash)) return 'refuse';
  if (machine.ticketUsedAt !== null) {
    const sameMachine = machine.publicKey === request.publicKey && machine.address === request.source;
    return sameMachine && (machine.usedAgoMs ?? Infinity) <= RETRY_WITHIN_MS ? 'repeat' : 'quarantine';
  }
  return machine.address === request.source && machine.ticketExpiresAt > now ? 'admit' : 'refuse';
}

/** Hashes are compared, not tickets: their bytes tell nothing, so an early exit does not either. */
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
