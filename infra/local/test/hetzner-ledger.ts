import { simulatorAdmin } from './simulator-admin.js';

/** The true life of something that Hetzner bills. */
export interface BilledLife {
  id: number;
  name: string;
  labels: Record<string, string>;
  type: string;
  location: string;
  created: string;
  deleted: string | null;
  hoursBilled: number;
  priceHourlyNet: string;
}

export interface HetznerFacts {
  /** How many calls the ledger no longer shows; a judgement by calls would be none with any. */
  callsForgotten: number;
  calls: {
    operation: string | null;
    method: string;
    status: number | null;
    at: string;
    realAt: string;
    /** Kind of the injected fault that struck it. */
    fault: string | null;
  }[];
  servers: (BilledLife & {
    createdWithoutFirewall: boolean;
    createdWithoutSshKey: boolean;
    rebuilds: string[];
  })[];
  primaryIps: (BilledLife & { address: string })[];
}

/** The simulated Hetzner: its controls, and what really happened there. */
export const hetznerLedger = (url: string) => {
  const admin = simulatorAdmin(url);
  const read = async (): Promise<HetznerFacts> => {
    const facts = await admin.call<HetznerFacts>('GET', 'report');
    if (facts.callsForgotten > 0)
      throw new Error(`Hetzner's ledger forgot ${facts.callsForgotten} calls: ask for fewer of them`);
    return facts;
  };
  return {
    ...admin,
    read,
    livingServers: async () => (await read()).servers.filter(({ deleted }) => deleted === null),
    livingIps: async () => (await read()).primaryIps.filter(({ deleted }) => deleted === null),
    /** How often an operation was carried out or refused, by its official name. */
    callsOf: async (operation: string) => (await read()).calls.filter((call) => call.operation === operation),
  };
};

export type HetznerLedger = ReturnType<typeof hetznerLedger>;
