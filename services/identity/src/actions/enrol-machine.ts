import { judgeEnrolment, type EnrolmentRequest, type KnownMachine } from '../domain/enrolment.js';
import type { IdentityPorts, IdentityTransaction } from '../ports.js';

export type Enrolment =
  | { readonly kind: 'enrolled'; readonly credential: string }
  | { readonly kind: 'unknown' | 'invalid' | 'used' };

/**
 * Lets a machine in, once, with its ticket, from its own address. Asked again by the same machine it gives the same
 * answer; a use of the ticket with another key locks the machine out for good.
 */
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
    if (verdict === 'unknown' || !machine) return { kind: 'unknown' };
    if (verdict === 'elsewhere') await tellOfOther(ports, tx, machine, request);
    if (verdict === 'refuse' || verdict === 'elsewhere') return { kind: 'invalid' };
    if (verdict === 'used') return lockOut(ports, tx, machine);
    if (verdict === 'admit') await admit(ports, tx, machine, request);
    const { generation, publicKey } = request;
    return { kind: 'enrolled', credential: ports.credentialOf({ machineId, generation, publicKey }) };
  });
}

async function admit(
  { now }: IdentityPorts,
  tx: IdentityTransaction,
  { id }: KnownMachine,
  { publicKey }: EnrolmentRequest,
): Promise<void> {
  await tx.machines.useTicket(id, publicKey, now());
  await tx.machines.tell(id, 'ENROLLED', now());
  await tx.audit('machine', 'enrol-machine', id);
}

/**
 * The ticket stays good for the machine, or else whoever stole one could keep machines out; but it lay where only that
 * machine and its organisation's cloud account have a look.
 */
async function tellOfOther(
  { log }: IdentityPorts,
  tx: IdentityTransaction,
  { id, organizationId, generation, elsewhereGeneration }: KnownMachine,
  { source }: EnrolmentRequest,
): Promise<void> {
  if (elsewhereGeneration >= generation) return;
  log.warn(
    { organizationId, machineId: id, source },
    'a ticket was shown from an address that is not its own',
  );
  await tx.machines.toldElsewhere(id, generation);
  await tx.audit('cleanroom', 'refuse-enrolment', id, 'TICKET_HELD_ELSEWHERE');
}

/** Somebody has a copy of the ticket, and nobody can tell which of the two is the machine: neither is trusted. */
async function lockOut(
  { now, log }: IdentityPorts,
  tx: IdentityTransaction,
  { id, organizationId, runnerId, quarantined }: KnownMachine,
): Promise<Enrolment> {
  if (quarantined) return { kind: 'used' };
  log.error({ organizationId, machineId: id }, 'a ticket was used a second time: the machine is locked out');
  await tx.machines.quarantine(id);
  await tx.machines.tell(id, 'QUARANTINED', now());
  const ip = await tx.staticIps.lock(runnerId);
  if (ip?.status === 'ACTIVE') await tx.staticIps.change(runnerId, { status: 'QUARANTINED' });
  await tx.audit('machine', 'quarantine-machine', id);
  return { kind: 'used' };
}
