import type { ProvisioningWorld } from './provisioning-world.js';

interface Ledger {
  calls: { operation: string; status: number }[];
}

/** How many servers Hetzner was asked to create, whatever it answered. */
export const ordersSent = async ({ hetzner }: ProvisioningWorld): Promise<number> =>
  (await hetzner.ledger<Ledger>()).calls.filter(({ operation }) => operation === 'create_server').length;
