export interface Workload {
  readonly organizationId: string;
  readonly poolId: string;
  readonly runnerId: string;
}

/** Everything that decides is in the subject: most clouds can match nothing else. At most 127 bytes. */
export const workloadSubject = ({ organizationId, poolId, runnerId }: Workload): string =>
  `org:${organizationId}:pool:${poolId}:runner:${runnerId}`;
