import { NO_BUDGET, type WorkLease } from '@cleanroom/kernel';
import { isAboutCredentials } from '../domain/provider-failure.js';
import { waitAfter, waitForCredentials } from '../domain/static-ip-wait.js';
import type { StaticIp } from '../domain/static-ip.js';
import { ProviderError, type HetznerProject, type IdentityPorts } from '../ports.js';
import { giveTurnBack, passTurn, takeTurn, waitForTurn, type Turn } from './address-limit.js';
import { payStaticIp } from './pay-static-ip.js';
import { releaseStaticIp } from './release-static-ip.js';
import { reserveStaticIp } from './reserve-static-ip.js';
import { settleStaticIp, stopWriting } from './settle-static-ip.js';

/** Takes a runner's static IP one step further: towards being leased, or towards being given back. */
export async function keepStaticIp(ports: IdentityPorts, lease: WorkLease): Promise<void> {
  const { transactions, providers, now } = ports;
  const { organizationId } = lease;
  const found = await transactions.inOrganization(organizationId, async (tx) => {
    const ip = await tx.staticIps.find(lease.id);
    // Behind the lock of whoever disconnects the project: either they see this address, or it sees that they were here.
    const project = ip && (await tx.hetznerProjects.lock(ip.hetznerProjectId));
    const token = project && (await tx.hetznerProjects.tokenOf(project.id));
    return { ip, project, token, budget: ip ? await tx.budgetOver(ip.poolId) : NO_BUDGET };
  });
  const { ip, project, token, budget } = found;
  if (!ip || (ip.status !== 'RESERVING' && ip.status !== 'RELEASING')) {
    return transactions.inOrganization(organizationId, (tx) => tx.finish('static_ip', lease, null));
  }
  if (ip.status === 'RELEASING' && wasNeverAskedFor(ip, project)) {
    return settleStaticIp(ports, lease, { status: 'RELEASED', releasedAt: now() }, null);
  }
  if (!project || !token || project.status === 'CREDENTIALS_INVALID') {
    const { seconds, ...because } = waitForCredentials;
    const until = after(now(), seconds);
    return settleStaticIp(ports, lease, { ...because, ...(holdsMoneyForNothing(ip) && leave(until)) }, until);
  }
  const calls = providers.hetzner(project.endpoint, token);
  let turn: Turn = 'free';
  try {
    if (ip.status === 'RELEASING') return await releaseStaticIp(ports, lease, ip, calls);
    const paid = await payStaticIp(ports, lease, { ip, budget }, calls);
    if (!paid) return;
    turn = await takeTurn(ports, lease, paid);
    if (turn === 'waits') return;
    await reserveStaticIp(ports, lease, paid, calls);
    if (turn === 'probe') await passTurn(ports, ip);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await wait(ports, lease, { ip, project, error, turn });
  }
}

/** A project with an address is not disconnected: whoever came afterwards could never ask. */
const wasNeverAskedFor = ({ primaryIpId, reason }: StaticIp, project: HetznerProject | undefined): boolean =>
  primaryIpId === 0 && (reason === '' || project?.deleted === true);

/** Nothing was sent, and without credentials nothing will be. */
const holdsMoneyForNothing = ({ status, payment, reason }: StaticIp): boolean =>
  status === 'RESERVING' && payment === 'UNASKED' && reason === '';

/** Its money is others' meanwhile; whatever is ordered later is asked for, or told of, before. */
const leave = (refusedUntil: Date) => ({ payment: 'REFUSED', refusedUntil }) as const;

interface Failed {
  readonly ip: StaticIp;
  readonly project: HetznerProject;
  readonly error: ProviderError;
  readonly turn: Turn;
}

async function wait(
  ports: IdentityPorts,
  lease: WorkLease,
  { ip, project, error, turn }: Failed,
): Promise<void> {
  const { failure, message, retryAt } = error;
  const { organizationId, id: runner } = ip;
  ports.log.warn({ organizationId, runner, failure }, `a static IP must wait: ${message}`);
  if (isAboutCredentials(failure)) await stopWriting(ports, project);
  const { seconds, ...wait } = waitAfter(ip, failure, message);
  const until = retryAt ?? after(ports.now(), seconds);
  if (failure === 'limit-exceeded') return waitForTurn(ports, lease, ip, { wait, until });
  if (turn === 'probe') await giveTurnBack(ports, ip);
  await settleStaticIp(ports, lease, wait, until);
}

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
