import { fixedClock } from '@cleanroom/testing';
import type { Machine } from '../src/domain/machine.js';
import { ProviderError, type Servers } from '../src/ports.js';
import { idleRunner } from './idle-runner.js';

const created = new Date('2026-11-23T09:00:00Z');
const at = (minute: number) => new Date(created.getTime() + minute * 60_000);

/** A server of which the first answer to its deletion is lost, and which is gone when that is asked for again. */
function lostAnswer(): Partial<Servers> {
  let asked = 0;
  return {
    delete: async () => {
      if (++asked === 1) throw new ProviderError('unknown-outcome', 'the answer was lost');
      return undefined;
    },
    find: async () => undefined,
  };
}

/** Deletes a server just after its hour has ended, which was seen for the last time before that. */
async function deletesWith(servers: Partial<Servers>, machine: Partial<Machine>, steps: number) {
  const clock = fixedClock(at(60.01).toISOString());
  const world = await idleRunner(clock, {
    servers,
    runner: { state: 'STOPPING' },
    machine: {
      ...{ createdAt: created, lastSeenAt: at(59.3), gitlabRunnerId: 0, gitlabIntentGeneration: 0 },
      ...machine,
    },
    works: false,
  });
  try {
    for (let i = 0; i < steps; i++) {
      await world.step();
      clock.advance(4_000);
    }
    const found = await world.ports.transactions.inOrganization(world.organizationId, (tx) =>
      tx.machines.find(world.machineId),
    );
    return { lastSeenAt: found?.lastSeenAt, isGone: found?.deletedAt !== null };
  } finally {
    await world.stop();
  }
}

describe('a server that Hetzner denies when its deletion is asked for', () => {
  it('is not gone while a look by its number finds it', async () => {
    const server = { id: 42, name: 'cr-spec-1', created, labels: {} };
    let looks = 0;
    const denied = { delete: async () => undefined, find: async () => (++looks === 1 ? server : undefined) };
    expect(await deletesWith(denied, {}, 1)).toEqual({ lastSeenAt: at(60.01), isGone: false });
    looks = 0;
    expect(await deletesWith(denied, {}, 2)).toMatchObject({ isGone: true });
  });
});

describe('an order with a lost answer, of whose server nothing is heard', () => {
  const neverSeen = { serverId: 0, createdAt: null, lastSeenAt: null, orderSentAt: at(58) } as const;

  it('is given up when a second look by its name finds none either', async () => {
    const nobody = { findByName: async () => undefined };
    expect(await deletesWith(nobody, neverSeen, 1)).toMatchObject({ isGone: false });
    expect(await deletesWith(nobody, neverSeen, 2)).toMatchObject({ isGone: true });
  });
});

describe('the last sighting of a server that is gone', () => {
  it('is the first request to delete it, where the answer to that was lost', async () => {
    expect(await deletesWith(lostAnswer(), {}, 2)).toEqual({ lastSeenAt: at(60.01), isGone: true });
  });

  it('stays what it was where somebody else had deleted it before', async () => {
    const gone = { delete: async () => undefined, find: async () => undefined };
    expect(await deletesWith(gone, {}, 1)).toEqual({ lastSeenAt: at(59.3), isGone: true });
    const vanished = await deletesWith(lostAnswer(), { vanished: true }, 2);
    expect(vanished).toEqual({ lastSeenAt: at(59.3), isGone: true });
  });
});
