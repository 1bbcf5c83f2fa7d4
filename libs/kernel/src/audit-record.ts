/** That somebody changed something, or was refused to: what becomes a line of the organisation's audit log. */
export interface AuditRecord {
  readonly organizationId: string;
  /** By the product's clock. */
  readonly at: Date;
  /** Name of the API token. */
  readonly actor: string;
  /** The mutation, such as `create-runner-pool`. */
  readonly action: string;
  /** Id of what was changed; null where it was to be made and was not. */
  readonly target: string | null;
  /** `DONE`, or the code with which it was refused. */
  readonly outcome: string;
}
