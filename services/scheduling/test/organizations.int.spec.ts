import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import type { EntityManager } from 'typeorm';
import { assignSchedule } from '../src/actions/assign-schedule.js';
import { deleteSchedule } from '../src/actions/delete-schedule.js';
import { overrideSchedule, removeOverride } from '../src/actions/override-schedule.js';
import { receiveWebhook } from '../src/actions/receive-webhook.js';
import { createSchedule, updateSchedule } from '../src/actions/save-schedule.js';
import type { ScheduleDraft } from '../src/domain/refusals.js';
import { SchedulingWorld } from './scheduling-world.js';

const always: ScheduleDraft = {
  name: 'Always',
  timeZone: 'UTC',
  windows: [{ days: ['MONDAY'], start: '00:00', end: '24:00', warm: 1 }],
  holidays: [],
  holidayCountry: null,
};
const span = { from: new Date('2026-03-02T07:00:00Z'), to: new Date('2026-03-02T09:00:00Z') };

let world: SchedulingWorld;
let scheduleId: string;
let overrideId: string;
let poolId: string;
let tables: string[];

beforeAll(async () => {
  world = await SchedulingWorld.open();
  await world.connect();
  await world.hetzner('CONNECTED');
  const pool = await world.pool();
  poolId = pool.id;
  const runner = await world.runner(pool, { state: 'STARTING' });
  await world.runner(pool, { ...runner, state: 'IDLE', version: 98 });
  world.gitlab.put(11, 'pending');
  const created = await createSchedule(world.ports, world.organizationId, always);
  if ('refusals' in created) throw new Error('refused');
  scheduleId = created.value.id;
  await assignSchedule(world.ports, world.organizationId, poolId, scheduleId);
  const overridden = await overrideSchedule(world.ports, world.organizationId, scheduleId, {
    ...span,
    warm: 2,
    reason: 'release',
  });
  if ('refusals' in overridden) throw new Error('refused');
  overrideId = overridden.value.overrides[0]!.id;
  await receiveWebhook(world.ports, world.connectionId, await world.webhook(11, 'a'));
  world.work();
  await eventually(async () => expect(await world.jobs()).toHaveLength(1));
  await eventually(async () => expect(await world.rows('SELECT 1 FROM gitlab_hook')).toHaveLength(1));
  const found = await world.rows<{ table_name: string }>(
    `SELECT table_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY 1`,
  );
  tables = found.map(({ table_name: name }) => name).filter((name) => !messaging.includes(name));
});
afterAll(() => world.close());

/** Tables of the messaging library, which tests them itself. */
const messaging = ['outbox', 'inbox', 'dead_letter', 'change_log', 'change_counter'];

describe('another organisation', () => {
  const stranger = () => world.id('organization');
  const asStranger = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> =>
    inOrganization(world.db, stranger(), work);

  it('neither sees nor changes a row of any table', async () => {
    expect(tables).toHaveLength(13);
    for (const table of tables) {
      const [{ count = 0 } = {}] = await world.rows<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${table}`,
      );
      expect([table, count > 0]).toEqual([table, true]);
      const seen = await asStranger((tx) => tx.query<unknown[]>(`SELECT 1 FROM ${table}`));
      expect([table, seen]).toEqual([table, []]);
      const [, deleted] = await asStranger((tx) => tx.query<[unknown, number]>(`DELETE FROM ${table}`));
      expect([table, deleted]).toEqual([table, 0]);
      const move = `UPDATE ${table} SET organization_id = organization_id`;
      const [, updated] = await asStranger((tx) => tx.query<[unknown, number]>(move));
      expect([table, updated]).toEqual([table, 0]);
    }
  });

  it('cannot be written for, nor can a row be read without any organisation set', async () => {
    for (const table of tables) {
      const move = `UPDATE ${table} SET organization_id = 'org_other'`;
      const moved = inOrganization(world.db, world.organizationId, (tx) => tx.query(move));
      await expect(moved).rejects.toThrow(/row-level security/);
      await expect(world.db.app.query(`SELECT 1 FROM ${table}`)).rejects.toThrow(/no organisation is set/);
    }
  });

  it('is told of its ids what it would be told of ids that do not exist', async () => {
    const { ports } = world;
    const other = stranger();
    const refused = (path: string) => ({
      refusals: [expect.objectContaining({ code: 'NOT_FOUND', path: [path] })],
    });
    expect(await updateSchedule(ports, other, scheduleId, always)).toEqual(refused('id'));
    expect(await deleteSchedule(ports, other, scheduleId)).toEqual(refused('id'));
    expect(await removeOverride(ports, other, overrideId)).toEqual(refused('id'));
    expect(await assignSchedule(ports, other, poolId, null)).toEqual(refused('poolId'));
    const overridden = overrideSchedule(ports, other, scheduleId, { ...span, warm: 1, reason: 'x' });
    expect(await overridden).toEqual(refused('scheduleId'));
  });
});

describe('a schedule', () => {
  it('is not deleted while a pool follows it, and is once none does', async () => {
    const { ports, organizationId } = world;
    const refused = await deleteSchedule(ports, organizationId, scheduleId);
    expect(refused).toMatchObject({ refusals: [{ code: 'IN_USE', path: ['id'] }] });
    await assignSchedule(ports, organizationId, poolId, null);
    expect(await deleteSchedule(ports, organizationId, scheduleId)).toEqual({ value: scheduleId });
    expect(await world.rows('SELECT 1 FROM schedule_override')).toEqual([]);
  });
});
