import { untouched, type Machine } from '@cleanroom/provisioning/domain/machine';
import { jobsTaken } from '@cleanroom/provisioning/domain/pool';
import type { Runner } from '@cleanroom/provisioning/domain/runner';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A runner of the simulated pool with the machine that it has now. */
export interface Seat {
  readonly runner: Writable<Runner>;
  machine: Writable<Machine> | undefined;
  /** A call is under way: its next step is asked for once it was answered. */
  acting: boolean;
  hasJob: boolean;
  /** When it is looked at again, so that nothing is planned twice. */
  wakeAt: number;
}

const ids = { organizationId: 'org', poolId: 'pool', hetznerProjectId: 'project' };

/** A runner with its address leased, asleep. */
export const sleepingSeat = (seat: number, since: Date): Seat => ({
  runner: {
    ...ids,
    id: `run-${String(seat).padStart(4, '0')}`,
    version: 1,
    name: `runner-${seat}`,
    seat,
    state: 'ASLEEP',
    stateSince: since,
    stateReason: null,
    trouble: null,
    attempt: 0,
    failures: 0,
    machineId: null,
    primaryIpId: seat + 1,
    address: '192.0.2.1',
    location: 'fsn1',
    wanted: false,
    wantedBecause: null,
    wantedBy: 'scheduling',
    retryAt: null,
    pinnedUntil: null,
    draining: false,
    retiring: false,
    ipReleased: false,
    heldByBudget: false,
  },
  machine: undefined,
  acting: false,
  hasJob: false,
  wakeAt: 0,
});

/** Which jobs the pool of a trace takes: all of them. */
export const TAKES = { tags: [], runUntagged: true, protectedRefsOnly: false } as const;

/** The next machine of a runner, before its order. */
export const orderedMachine = ({ id, attempt, primaryIpId }: Runner, now: Date): Writable<Machine> => ({
  ...untouched,
  ...ids,
  id: `${id}-${attempt}`,
  runnerId: id,
  attempt,
  serverType: 'cx23',
  location: 'fsn1',
  address: '192.0.2.1',
  primaryIpId,
  gitlabTakes: jobsTaken(TAKES),
  orderedAt: now,
  ticketExpiresAt: now,
});
