/** Why an address cannot be had, where that has a name. */
export type StaticIpTrouble = 'BUDGET' | 'CREDENTIALS' | 'LIMIT';

export type StaticIpStatus = 'RESERVING' | 'ACTIVE' | 'QUARANTINED' | 'RELEASING' | 'RELEASED';

/**
 * Whether the address that is being reserved may be ordered, as far as a hard budget is concerned. Each address is asked for:
 * once it is there, the next one that the runner needs is `UNASKED` again.
 */
export type Payment = 'UNASKED' | 'ASKED' | 'GRANTED' | 'REFUSED';

/** The Primary IP of one runner. */
export interface StaticIp {
  /** The runner's id: one IP each. */
  readonly id: string;
  readonly organizationId: string;
  readonly poolId: string;
  readonly hetznerProjectId: string;
  readonly version: number;
  readonly status: StaticIpStatus;
  readonly reason: string;
  readonly trouble: StaticIpTrouble | null;
  readonly payment: Payment;
  /** Number of the last question whether it may be paid; 0: none was asked. */
  readonly question: number;
  readonly askedAt: Date | null;
  /** Where it is refused: asking again before then is of no use, unless the budget changes. */
  readonly refusedUntil: Date | null;
  readonly seat: number;
  readonly locations: readonly string[];
  /** How often a location refused: moves on to the next one. */
  readonly refusals: number;
  readonly location: string;
  /** 0 until it exists. */
  readonly primaryIpId: number;
  readonly address: string;
  readonly createdAt: Date | null;
  readonly lastSeenAt: Date | null;
  /** When its deletion was first asked for: until then it was there. */
  readonly releaseSentAt: Date | null;
  /** Since when lists of the project leave it out, although it is leased. */
  readonly absentSince: Date | null;
  readonly releasedAt: Date | null;
}

/** Round-robin over the pool's locations by seat; a location that refuses makes room for the next. */
export const locationOf = ({
  seat,
  locations,
  refusals,
}: Pick<StaticIp, 'seat' | 'locations' | 'refusals'>): string =>
  locations[(seat + refusals) % Math.max(locations.length, 1)] ?? '';

export const primaryIpName = (runnerId: string): string => `cr-ip-${runnerId.replace(/^run_/, '')}`;

export const primaryIpLabels = (
  installation: string,
  ip: Pick<StaticIp, 'id' | 'organizationId' | 'poolId'>,
): Record<string, string> => ({
  'cleanroom-installation': installation,
  'cleanroom-organization': ip.organizationId,
  'cleanroom-pool': ip.poolId,
  'cleanroom-runner': ip.id,
});

const ourLabels = Object.keys(primaryIpLabels('', { id: '', organizationId: '', poolId: '' }));

/** Whether an IP says of itself all that ours do: one that says less may be somebody else's, and is not ours to delete. */
export const bearsAllLabels = (labels: Readonly<Record<string, string>>): boolean =>
  ourLabels.every((label) => Boolean(labels[label]));

/** Whether an IP with a name of ours is really ours. */
export const carriesLabels = (
  actual: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
): boolean => Object.entries(ours).every(([key, value]) => actual[key] === value);
