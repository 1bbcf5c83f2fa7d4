import type { Caller, MachineCaller, UserCaller } from '@cleanroom/kernel';
import type { MachineProof } from './domain/machine-proof.js';

/** What a user shows: an API token, or the cookie of a console's session. */
export interface Credential {
  readonly kind: 'token' | 'session';
  readonly secret: string;
}

/** Whose credential is good. */
export interface KnownUser {
  readonly caller: UserCaller;
  /** When it ends; left out where it does not. */
  readonly expiresAt?: Date;
  /** What identity says now, which is still waited for: the rest is what it said before. Left out where it just said it. */
  readonly confirmation?: Promise<KnownUser | undefined>;
}

/** A call as a machine signed it. */
export interface MachineCall extends MachineProof {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  /** SHA-256 of the body, hexadecimal. */
  readonly bodySha256: string;
  /** Address of the machine's socket. */
  readonly source: string;
}

/** Identity could not be asked; who calls is unknown, not refused. */
export class IdentityUnreachable extends Error {
  override readonly name = 'IdentityUnreachable';
}

/** The only one that may say who a caller is: the identity service. */
export interface CallerDirectory {
  /**
   * The user of a credential; `undefined` when it is unknown, revoked or expired. Harmless to repeat.
   *
   * @throws IdentityUnreachable
   */
  user(credential: Credential): Promise<KnownUser | undefined>;
  /**
   * The machine that signed a call; `undefined` where it is none. Not to be repeated: a proof is good once.
   *
   * @throws IdentityUnreachable
   */
  machine(call: MachineCall): Promise<MachineCaller | undefined>;
}

/** What the services are told about who calls, and from where. */
export type CallerFrom = Caller & { readonly source: string };
