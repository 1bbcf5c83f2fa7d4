/**
 * What a caller can do about a failed call:
 *
 * - `unauthorized`, `readonly-token`, `forbidden`: the token is of no use; stop writing until it is replaced.
 * - `limit-exceeded`: the account may hold no more of these.
 * - `not-found`: it does not exist (any more); for a deletion this is success.
 * - `name-taken`: the name is in use; look it up, it may be ours.
 * - `conflict`: something changed meanwhile; ask again.
 * - `locked`: another action runs on it; wait for that.
 * - `protected`: the customer protected it.
 * - `sold-out`: this server type cannot be had in this location now; try the next.
 * - `invalid`: the request is wrong and will stay so.
 * - `must-be-unassigned`: the Primary IP still belongs to a server.
 * - `rate-limited`: nothing was done; not before `retryAt`.
 * - `unavailable`: Hetzner certainly did nothing, or a reading failed.
 * - `unknown-outcome`: a write may or may not have happened; look before doing anything else.
 */
export type HetznerErrorKind =
  | 'unauthorized'
  | 'readonly-token'
  | 'forbidden'
  | 'limit-exceeded'
  | 'not-found'
  | 'name-taken'
  | 'conflict'
  | 'locked'
  | 'protected'
  | 'sold-out'
  | 'invalid'
  | 'must-be-unassigned'
  | 'rate-limited'
  | 'unavailable'
  | 'unknown-outcome';

export interface HetznerErrorFacts {
  readonly kind: HetznerErrorKind;
  /** Name of the client's method that failed. */
  readonly operation: string;
  /** Hetzner's own error code, such as `uniqueness_error`, or a word of ours where no answer came. */
  readonly code: string;
  /** Hetzner's sentence about it. */
  readonly detail?: string;
  /** Absent where no answer came. */
  readonly httpStatus?: number;
  /** Hetzner's name for the request, for their support. */
  readonly correlationId?: string;
  /** With `rate-limited`: no request is sent before. An instant of the client's clock. */
  readonly retryAt?: Date;
}

/** Thrown by every method of the client when it did not get what it asked for. Never holds the token. */
export class HetznerError extends Error {
  readonly kind: HetznerErrorKind;
  readonly operation: string;
  readonly code: string;
  /** Hetzner's sentence, or its code where there is none: to be quoted where it is clear who says so. */
  readonly reason: string;
  readonly httpStatus?: number;
  readonly correlationId?: string;
  readonly retryAt?: Date;
  /** An earlier attempt of the same call got no answer: it may have been carried out, and this is what follows from it. */
  afterLostAnswer = false;

  constructor(facts: HetznerErrorFacts) {
    const reason = facts.detail ?? facts.code;
    super(`Hetzner ${facts.operation}: ${reason} (${facts.kind})`);
    this.name = 'HetznerError';
    this.kind = facts.kind;
    this.operation = facts.operation;
    this.code = facts.code;
    this.reason = reason;
    this.httpStatus = facts.httpStatus;
    this.correlationId = facts.correlationId;
    this.retryAt = facts.retryAt;
  }
}

/** Whether `error` is a {@link HetznerError}, of one of these kinds where some are named. */
export const isHetznerError = (error: unknown, ...kinds: HetznerErrorKind[]): error is HetznerError =>
  error instanceof HetznerError && (kinds.length === 0 || kinds.includes(error.kind));
