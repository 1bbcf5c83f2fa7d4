import type { StaticIp } from '../domain/static-ip.js';
import type { IdentityPorts } from '../ports.js';

/** What identity knows of a runner. */
export interface KnownOfRunner {
  readonly ip: StaticIp;
  readonly lastTokenIssuedAt: Date | undefined;
}

/** The static IPs and tokens of runners, in one read; none for a runner that was never heard of here. */
export const knownOfRunners = (
  { transactions }: Pick<IdentityPorts, 'transactions'>,
  organizationId: string,
  runnerIds: readonly string[],
): Promise<ReadonlyMap<string, KnownOfRunner>> =>
  transactions.inOrganization(organizationId, async ({ staticIps, machines }) => {
    const ips = await staticIps.findAll(runnerIds);
    const issued = await machines.lastTokensIssued(runnerIds);
    return new Map(ips.map((ip) => [ip.id, { ip, lastTokenIssuedAt: issued.get(ip.id) }]));
  });
