import { randomBytes } from 'node:crypto';
import { StaticIpStatus } from '@cleanroom/contracts';
import { composeId, systemClock, type WorkLease } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import type { EntityManager } from 'typeorm';
import { decideAwakeRunners } from '../src/actions/decide-awake-runners.js';
import { deletePool } from '../src/actions/delete-pool.js';
import { pausePool } from '../src/actions/pause-pool.js';
import { requestDrain } from '../src/actions/request-drain.js';
import { resizePool } from '../src/actions/resize-pool.js';
import { updatePool } from '../src/actions/update-pool.js';
import { wakeRunner } from '../src/actions/wake-runner.js';
import { onStaticIp } from '../src/adapters/events/on-static-ip.consumer.js';
import { wakeRunnersWhere } from '../src/adapters/events/wake-runners.js';
import { ProviderError } from '../src/ports.js';
import { idleRunner, type Given } from './idle-runner.js';

/**
 * Whoever waits for a row holds none that comes after it: else two that wait for each other would be a question of time.
 * The spec holds the row, and looks which others the waiting one has taken.
 */
let world: Awaited<ReturnType<typeof idleRunner>>;
afterEach(() => world.stop());

const isWaiting = async (): Promise<boolean> =>
  (
    await world.db.asAdmin(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
  ).length > 0;
const inTransaction = (work: (tx: EntityManager) => Promise<unknown>) =>
  inOrganization(world.db, world.organizationId, work);

const TURNSTILE = `SELECT pg_advisory_xact_lock(hashtextextended(id, 1)) FROM pool`;
/** Holds a row until somebody waits for it, then takes others without waiting: all of them must be free. */
async function whileHeld(held: string, acts: () => Promise<unknown>, free: readonly string[]): Promise<void> {
  let acting: Promise<unknown> = Promise.resolve();
  await inTransaction(async (tx) => {
    await tx.query(held === TURNSTILE ? TURNSTILE : `SELECT 1 FROM ${held} FOR NO KEY UPDATE`);
    acting = acts();
    acting.catch(() => undefined);
    await eventually(isWaiting);
    for (const one of free) await tx.query(`SELECT 1 FROM ${one} FOR NO KEY UPDATE NOWAIT`);
  });
  await acting;
}

const toldOfItsAddress = () =>
  inTransaction((tx) => {
    const message = {
      runnerId: world.runnerId,
      status: StaticIpStatus.ACTIVE,
      primaryIpId: 7n,
      location: 'fsn1',
    };
    const event = { message: { ...message, address: '', reason: '', trouble: 0 }, version: 1n };
    return onStaticIp(systemClock).handle(
      tx,
      event as unknown as Parameters<ReturnType<typeof onStaticIp>['handle']>[1],
    );
  });
const shrink = () => resizePool(world.ports, world.organizationId, world.poolId, { size: 1, confirm: true });
const drop = () => deletePool(world.ports, world.organizationId, world.poolId);
const wake = () =>
  wakeRunner(world.ports, world.organizationId, world.runnerId, { until: undefined, actor: 'spec' });
const drain = () => requestDrain(world.ports, world.organizationId, world.runnerId, 'spec');
const pause = () => pausePool(world.ports, world.organizationId, world.poolId, true);
const decide = async () => {
  const lease: WorkLease = { id: world.poolId, organizationId: world.organizationId, epoch: 0n };
  await decideAwakeRunners(world.ports, lease);
};
const update = () => updatePool(world.ports, world.organizationId, world.poolId, { tags: ['arm'] });

const ORDERED = { serverId: 0, orderSentAt: null, createdAt: null };
const GIVEN = {
  sleeping: { runner: { state: 'ASLEEP', machineId: null }, machine: { deletedAt: new Date() } },
  starting: { runner: { state: 'STARTING' }, machine: ORDERED },
  draining: { runner: { draining: true } },
  failing: { runner: { state: 'CLEANING' }, machine: { gitlabRunnerId: 0, rebuildIntentAt: new Date() } },
  enrolled: { runner: { state: 'ENROLLING' }, machine: { gitlabRunnerId: 0, gitlabIntentGeneration: 0 } },
  unwanted: { runner: { wanted: false } },
} as const satisfies Record<string, Given>;
const REFUSED = {
  servers: { order: () => Promise.reject(new ProviderError('credentials-invalid', 'no')) },
};
const step = () => world.step();
const start = async (given: Given): Promise<void> => {
  world = await idleRunner(systemClock, { works: false, ...given });
};

describe('whoever waits at the turnstile of a pool holds neither a machine, nor a runner, nor the pool', () => {
  it.each<[string, Given, () => Promise<unknown>]>([
    ['the beginning of an order', GIVEN.sleeping, step],
    ['an order that goes out', { ...GIVEN.starting, ...REFUSED }, step],
    ['a runner that is woken by hand', {}, wake],
    ['a runner that is drained by hand', {}, drain],
    ['the decision who is awake', GIVEN.unwanted, decide],
    ['a pool that shrinks', {}, shrink],
    ['a pool that is deleted', {}, drop],
    ['a pool that changes', {}, update],
    ['a pool that is paused', {}, pause],
  ])('%s', async (_, given, acts) => {
    await start(given);
    await whileHeld(TURNSTILE, acts, ['machine', 'runner', 'pool']);
  });
});

it('whoever waits for a connection holds neither a machine, nor a runner, nor a pool', async () => {
  await start({ ...GIVEN.starting, ...REFUSED });
  await whileHeld('hetzner_project', step, ['machine', 'runner', 'pool']);
});

describe('whoever waits for a machine holds neither a runner nor a pool', () => {
  it.each<[string, Given]>([
    ['a move', GIVEN.draining],
    ['the end of another step', GIVEN.failing],
    ['what is written down before GitLab is asked', GIVEN.enrolled],
    ['what is written down before Hetzner is asked', { ...GIVEN.starting, ...REFUSED }],
  ])('%s', async (_, given) => {
    await start(given);
    await whileHeld('machine', step, ['runner', 'pool']);
  });
});

describe('whoever waits for a runner does not hold its pool', () => {
  it.each<[string, Given, () => Promise<unknown>]>([
    ['a move', GIVEN.draining, step],
    ['the end of another step', GIVEN.failing, step],
    ['the beginning of an order', GIVEN.sleeping, step],
    ['a runner that is woken by hand', {}, wake],
    ['a runner that is drained by hand', {}, drain],
    ['the decision who is awake', GIVEN.unwanted, decide],
    ['an address that is told', {}, toldOfItsAddress],
    ['a pool that is deleted', {}, drop],
    ['a pool that changes', {}, update],
  ])('%s', async (_, given, acts) => {
    await start(given);
    await whileHeld('runner', acts, ['pool']);
  });
});

describe('whoever waits for a runner holds none with a higher id', () => {
  it.each<[string, () => Promise<unknown>]>([
    [
      'runners that are woken',
      () => inTransaction((tx) => wakeRunnersWhere(tx, systemClock, 'pool_id = $1', world.poolId)),
    ],
    ['the decision who is awake', decide],
    ['a pool that is deleted', drop],
    ['a pool that changes', update],
  ])('%s', async (_, acts) => {
    await start(GIVEN.unwanted);
    const first = composeId('runner', new Date(0), randomBytes(16));
    await inTransaction((tx) =>
      tx.query(
        `INSERT INTO runner SELECT (jsonb_populate_record(runner, jsonb_build_object('id', $1::text, 'seat', 7))).* FROM runner`,
        [first],
      ),
    );
    await world.db.asAdmin('UPDATE pool SET wanted = 2');
    await whileHeld(`runner WHERE id = '${first}'`, acts, [`runner WHERE id = '${world.runnerId}'`]);
  });
});
