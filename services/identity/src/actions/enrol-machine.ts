import { isUsable, judgeEnrolment, type EnrolmentRequest, type KnownMachine } from '../domain/enrolment.js';
import type { IdentityPorts, IdentityTransaction } from '../ports.js';

/** Prefix of a machine's credential. */
export const CREDENTIAL_PREFIX = 'cmc';

/** How long a credential is good, by the product's clock; the agent renews it at half its life. */
export const CREDENTIAL_SECONDS = 3_600;

export type Enrolment =
  | {
      readonly kind: 'enrolled';
      readonly credential: string;
      readonly expiresAt: Date;
      readonly runnerId: string;
    }
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'refused' };

/** Lets a machine in, once, with its ticket, from its own address; a second use of the ticket locks it out for good. */
export async function enrolMachine(
  ports: IdentityPorts,
  organizationId: string,
  machineId: string,
  request: EnrolmentRequest,
): Promise<Enrolment> {
  const { transactions, now } = ports;
  return transactions.inOrganization(organizationId, async (tx): Promise<Enrolment> => {
    const machine = await tx.machines.find(machineId);
    const verdict = judgeEnrolment(machine, request, now());
    if (verdict === 'not-ready' || !machine) return { kind: 'not-ready' };
    if (verdict === 'quarantine') await quarantine(ports, tx, machine);
    if (verdict === 'refuse' || verdict === 'quarantine') return { kind: 'refused' };
    if (verdict === 'admit' && !(await admit(ports, tx, machine, request))) return { kind: 'refused' };
    return giveCredential(ports, tx, machine);
  });
}

/** Gives an enrolled machine a fresh credential before the one that it has ends. */
export async function renewCredential(
  ports: IdentityPorts,
  organizationId: string,
  { machineId, generation }: { machineId: string; generation: number },
): Promise<Enrolment> {
  return ports.transactions.inOrganization(organizationId, async (tx): Promise<Enrolment> => {
    const machine = await tx.machines.find(machineId);
    if (!machine || !isUsable(machine, generation)) return { kind: 'refused' };
    return giveCredential(ports, tx, machine);
  });
}

async function admit(
  { now }: IdentityPorts,
  tx: IdentityTransaction,
  { id }: KnownMachine,
  { generation, publicKey }: EnrolmentRequest,
): Promise<boolean> {
  // Of two that come at once with the same ticket, the database lets one through.
  if (!(await tx.machines.useTicket(id, generation, publicKey, now()))) return false;
  await tx.machines.tell(id, 'ENROLLED', now());
  await tx.audit('machine', 'enrol-machine', id);
  return true;
}

/** Somebody has a copy of the ticket, and nobody can tell which of the two is the machine: neither is trusted. */
async function quarantine(
  { now, log }: IdentityPorts,
  tx: IdentityTransaction,
  { id, organizationId, runnerId }: KnownMachine,
): Promise<void> {
  log.error({ organizationId, machineId: id }, 'a ticket was used a second time: the machine is locked out');
  await tx.machines.quarantine(id);
  await tx.machines.tell(id, 'QUARANTINED', now());
  const ip = await tx.staticIps.lock(runnerId);
  if (ip?.status === 'ACTIVE') await tx.staticIps.change(runnerId, { status: 'QUARANTINED' });
  await tx.audit('machine', 'quarantine-machine', id);
}

async function giveCredential(
  { newToken, hashOf, now }: IdentityPorts,
  tx: IdentityTransaction,
  { id, runnerId }: KnownMachine,
): Promise<Enrolment> {
  const credential = newToken(CREDENTIAL_PREFIX).reveal();
  const expiresAt = new Date(now().getTime() + CREDENTIAL_SECONDS * 1000);
  await tx.machines.giveCredential(id, hashOf(credential), expiresAt);
  return { kind: 'enrolled', credential, expiresAt, runnerId };
}
