/** The right to work on one row, until somebody else takes it. */
export interface WorkLease {
  readonly id: string;
  readonly organizationId: string;
  /** Grows with each taking: whoever holds a lower one is stale. */
  readonly epoch: bigint;
  /** W3C trace context of what made the row due. */
  readonly traceParent?: string;
}
