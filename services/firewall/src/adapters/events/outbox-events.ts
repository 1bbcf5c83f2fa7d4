import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import type { Baseline, FirewallEvents, Machine } from '../../ports.js';

/** Writes this service's events to the outbox of the transaction that makes them true. */
export class OutboxEvents implements FirewallEvents {
  constructor(
    private readonly tx: EntityManager,
    private readonly organizationId: string,
  ) {}

  async baselineChanged({ id, version, firewallId }: Baseline): Promise<void> {
    await appendEvent(this.tx, topics.baselineFirewall, {
      hetznerProjectId: id,
      organizationId: this.organizationId,
      version: BigInt(version),
      firewallId: BigInt(firewallId),
    });
  }

  async poolPoliciesChanged(poolId: string, version: number, policyIds: readonly string[]): Promise<void> {
    await appendEvent(this.tx, topics.poolPolicies, {
      poolId,
      organizationId: this.organizationId,
      version: BigInt(version),
      policyIds: [...policyIds],
    });
  }

  async machineProtectionChanged(machine: Machine): Promise<void> {
    await appendEvent(this.tx, topics.machineProtection, {
      machineId: machine.id,
      organizationId: this.organizationId,
      runnerId: machine.runnerId,
      poolId: machine.poolId,
      generation: machine.generation,
      version: BigInt(machine.version),
      protected: machine.protected,
      ...(machine.verifiedAt ? { verifiedAt: timestampFromDate(machine.verifiedAt) } : {}),
    });
  }
}
