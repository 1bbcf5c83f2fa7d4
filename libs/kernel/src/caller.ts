/** What a person or API token may do in its organisation. */
export type Role = 'OWNER' | 'OPERATOR' | 'VIEWER';

/** A person or program with an API token. */
export interface UserCaller {
  readonly kind: 'user';
  readonly organizationId: string;
  readonly role: Role;
  /** Name of the API token, for audit entries and the timeline. */
  readonly name: string;
  /** Id of the API token (`tok_`). */
  readonly tokenId: string;
}

/** An enrolled machine that proved its key from its own static IP. */
export interface MachineCaller {
  readonly kind: 'machine';
  readonly organizationId: string;
  readonly runnerId: string;
  readonly machineId: string;
  readonly generation: number;
}

/** Someone whom nobody has identified: webhooks, OIDC discovery, an enrolling machine. */
export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

/** Who is calling, as the gateway established it and signed it. */
export type Caller = UserCaller | MachineCaller | AnonymousCaller;
