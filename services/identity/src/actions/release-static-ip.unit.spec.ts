import type { WorkLease } from '@cleanroom/kernel';
import type { StaticIp } from '../domain/static-ip.js';
import type { HetznerProjectCalls, IdentityPorts, ProviderIp } from '../ports.js';
import { releaseStaticIp } from './release-static-ip.js';

const START = new Date('2026-03-02T08:10:00Z');
const lease: WorkLease = { id: 'run_1', organizationId: 'org_1', epoch: 1n };
const leased = { id: 'run_1', organizationId: 'org_1', poolId: 'pool_1', hetznerProjectId: 'hp_1' };

/** One address, given back step by step with what Hetzner says each time. */
function givingBack(given: Partial<StaticIp>, calls: Partial<HetznerProjectCalls>) {
  let ip = { ...leased, status: 'RELEASING', reason: 'asked', absentSince: null, ...given } as StaticIp;
  let now = START;
  const staticIps = {
    lock: async () => ip,
    change: async (_: string, patch: Partial<StaticIp>) => (ip = { ...ip, ...patch }),
    releaseSent: async (_: string, releaseSentAt: Date) => void (ip = { ...ip, releaseSentAt }),
    nextForTurn: async () => undefined,
  };
  const hetznerProjects = { lock: async () => undefined };
  const tx = { staticIps, hetznerProjects, finish: async () => undefined };
  const ports = {
    transactions: { inOrganization: async (_: string, work: (with_: unknown) => unknown) => work(tx) },
    installation: 'spec',
    now: () => now,
  } as unknown as IdentityPorts;
  return async (afterSeconds: number): Promise<StaticIp> => {
    now = new Date(now.getTime() + afterSeconds * 1000);
    await releaseStaticIp(ports, lease, ip, calls as HetznerProjectCalls);
    return ip;
  };
}

describe('an address that was asked for, of which nobody knows whether it came to be', () => {
  it('is given up when a second look by its name, a while after the first, finds none either', async () => {
    const step = givingBack({ primaryIpId: 0 }, { findIpByName: async () => undefined });
    expect((await step(0)).status).toBe('RELEASING');
    expect((await step(1)).status).toBe('RELEASING');
    expect((await step(9)).status).toBe('RELEASED');
  });

  it('is given back where the second look finds it', async () => {
    let looks = 0;
    const labels = {
      'cleanroom-installation': 'spec',
      'cleanroom-organization': 'org_1',
      'cleanroom-pool': 'pool_1',
      'cleanroom-runner': 'run_1',
    };
    const late: ProviderIp = { id: 7, address: '127.64.0.1', location: 'fsn1', created: START, labels };
    const step = givingBack(
      { primaryIpId: 0 },
      { findIpByName: async () => (++looks === 1 ? undefined : late) },
    );
    await step(0);
    expect(await step(10)).toMatchObject({ status: 'RELEASING', primaryIpId: 7, absentSince: null });
  });
});

describe('an address that Hetzner denies when it is given back', () => {
  it('is not given up while a look by its number finds it', async () => {
    let exists = true;
    const step = givingBack(
      { primaryIpId: 7, createdAt: START, lastSeenAt: START, releaseSentAt: null },
      { deleteIp: async () => 'gone', ipExists: async () => exists },
    );
    expect((await step(0)).status).toBe('RELEASING');
    exists = false;
    expect((await step(5)).status).toBe('RELEASED');
  });
});
