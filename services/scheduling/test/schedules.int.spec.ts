import { eventually } from '@cleanroom/testing';
import { newId, RunningService, type Answer } from './running-service.js';

let service: RunningService;
beforeAll(async () => {
  service = await RunningService.start();
});
afterAll(() => service.stop());

const fields = `id name timeZone windows { days start end warm } holidays { date name }
  overrides { id from to warm reason } next(count: 2) { at warm because }`;
const payload = `{ schedule { ${fields} } userErrors { code message path } }`;
const officeHours = {
  name: 'Office hours',
  timeZone: 'Europe/Berlin',
  windows: [{ days: ['MONDAY', 'TUESDAY'], start: '08:00', end: '24:00', warm: 2 }],
  holidays: [{ date: '2099-12-25', name: 'Christmas' }],
};
const create = (input: object, role?: 'VIEWER' | 'OPERATOR') =>
  service.ask(
    `mutation($input: ScheduleInput!) { createSchedule(input: $input) ${payload} }`,
    { input },
    service.caller(role),
  );
let count = 0;
const made = async (name = `Hours ${++count}`): Promise<string> => {
  const { data } = await create({ ...officeHours, name });
  return (data as never as { createSchedule: { schedule: { id: string } } }).createSchedule.schedule.id;
};
const errorsOf = (answer: Answer): string[] => {
  const [result] = Object.values(answer.data ?? {}) as { userErrors: { code: string; path: string[] }[] }[];
  return (result?.userErrors ?? []).map(({ code, path }) => `${code} ${path.join('.')}`);
};

describe('schedules over GraphQL', () => {
  it('are created as they were asked for, with their next transitions', async () => {
    const { data, errors } = await create(officeHours);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      createSchedule: { schedule: { ...officeHours, overrides: [], next: [{}, {}] }, userErrors: [] },
    });
  });

  it('are refused field by field, and nothing is kept', async () => {
    const before = await service.ask('{ schedules(first: 100) { totalCount } }');
    const window = { days: [], start: '25:00', end: '08:00', warm: 501 };
    const answer = await create({ ...officeHours, name: '', timeZone: 'Mars/Olympus', windows: [window] });
    expect(errorsOf(answer)).toEqual([
      'INVALID input.name',
      'INVALID input.timeZone',
      'INVALID input.windows.0.days',
      'INVALID input.windows.0.start',
      'INVALID input.windows.0.warm',
    ]);
    expect(await service.ask('{ schedules(first: 100) { totalCount } }')).toEqual(before);
  });

  it('are refused where a text or an id is none that could ever be kept', async () => {
    expect(errorsOf(await create({ ...officeHours, name: 'a\u0000b' }))).toEqual(['INVALID input.name']);
    const remove = 'mutation($id: ID!) { deleteSchedule(id: $id) { deletedId userErrors { code path } } }';
    for (const id of ['', 'sch_1', 'a\u0000b', newId('pool')]) {
      expect(errorsOf(await service.ask(remove, { id }))).toEqual(['NOT_FOUND id']);
    }
  });

  it('are read by everybody, changed by owners and overridden by operators, too', async () => {
    expect(errorsOf(await create(officeHours, 'VIEWER'))).toEqual(['NOT_ALLOWED ']);
    expect(errorsOf(await create(officeHours, 'OPERATOR'))).toEqual(['NOT_ALLOWED ']);
    const overrideNone = 'mutation { removeOverride(id: "none") { userErrors { code path } } }';
    expect(errorsOf(await service.ask(overrideNone, {}, service.caller('OPERATOR')))).toEqual([
      'NOT_FOUND id',
    ]);
    expect(errorsOf(await service.ask(overrideNone, {}, service.caller('VIEWER')))).toEqual(['NOT_ALLOWED ']);
    const seen = await service.ask('{ schedules(first: 1) { nodes { id } } }', {}, service.caller('VIEWER'));
    expect(seen.errors).toBeUndefined();
  });

  it('are updated as a whole, and unknown ones are not found', async () => {
    const update = `mutation($id: ID!, $input: ScheduleInput!) { updateSchedule(id: $id, input: $input) ${payload} }`;
    const id = await made();
    const { data } = await service.ask(update, {
      id,
      input: { name: 'Nights', timeZone: 'UTC', windows: [] },
    });
    expect(data).toMatchObject({
      updateSchedule: { schedule: { id, name: 'Nights', windows: [], holidays: [] } },
    });
    const unknown = await service.ask(update, { id: newId('schedule'), input: officeHours });
    expect(errorsOf(unknown)).toEqual(['NOT_FOUND id']);
  });

  it('are overridden for a while, until the override is removed', async () => {
    const override = `mutation($id: ID!, $from: DateTime!, $to: DateTime!, $warm: Int!, $reason: String!) {
      overrideSchedule(scheduleId: $id, from: $from, to: $to, warm: $warm, reason: $reason) ${payload} }`;
    const id = await made();
    const span = {
      from: '2099-01-01T00:00:00.000Z',
      to: '2099-01-02T00:00:00.000Z',
      warm: 3,
      reason: 'release',
    };
    const { data } = await service.ask(override, { id, ...span });
    expect(data).toMatchObject({ overrideSchedule: { schedule: { overrides: [span] } } });
    expect(errorsOf(await service.ask(override, { id, ...span, to: span.from }))).toEqual(['INVALID to']);
    expect(errorsOf(await service.ask(override, { id, ...span, from: 'tomorrow' }))).toEqual([
      'INVALID from',
    ]);
    expect(errorsOf(await service.ask(override, { id, ...span, reason: '', warm: -1 }))).toEqual([
      'INVALID warm',
      'INVALID reason',
    ]);
    const made2 = (data as never as { overrideSchedule: { schedule: { overrides: { id: string }[] } } })
      .overrideSchedule;
    const remove = `mutation($id: ID!) { removeOverride(id: $id) ${payload} }`;
    const removed = await service.ask(remove, { id: made2.schedule.overrides[0]?.id });
    expect(removed.data).toMatchObject({ removeOverride: { schedule: { id, overrides: [] } } });
    expect(errorsOf(await service.ask(remove, { id: newId('override') }))).toEqual(['NOT_FOUND id']);
  });

  it('are followed by pools, and not deleted while one does', async () => {
    const assign = `mutation($scheduleId: ID, $poolId: ID!) { assignSchedule(scheduleId: $scheduleId, poolId: $poolId) ${payload} }`;
    const remove = 'mutation($id: ID!) { deleteSchedule(id: $id) { deletedId userErrors { code path } } }';
    const scheduleId = await made('Followed hours');
    const poolId = newId('pool');
    // Asked for before the pool is heard of: it is awaited.
    const assigned = service.ask(assign, { scheduleId, poolId });
    await service.tellPool(poolId);
    expect((await assigned).data).toMatchObject({
      assignSchedule: { schedule: { id: scheduleId }, userErrors: [] },
    });
    const ofPool = await service.ask(
      `query($pools: [_Any!]!) { _entities(representations: $pools) { ... on RunnerPool { id
        schedule { name } capacity { wanted awake busy queued because decidedAt } } } }`,
      { pools: [{ __typename: 'RunnerPool', id: poolId }] },
    );
    expect(ofPool.data).toMatchObject({
      _entities: [
        { id: poolId, schedule: { name: 'Followed hours' }, capacity: { awake: 0, busy: 0, queued: 0 } },
      ],
    });
    expect(errorsOf(await service.ask(remove, { id: scheduleId }))).toEqual(['IN_USE id']);
    expect(errorsOf(await service.ask(assign, { scheduleId: null, poolId }))).toEqual([]);
    const deleted = await service.ask(remove, { id: scheduleId });
    expect(deleted.data).toMatchObject({ deleteSchedule: { deletedId: scheduleId, userErrors: [] } });
    expect(errorsOf(await service.ask(assign, { scheduleId, poolId }))).toEqual(['NOT_FOUND scheduleId']);
    expect(errorsOf(await service.ask(assign, { scheduleId: null, poolId: 'nonsense' }))).toEqual([
      'NOT_FOUND poolId',
    ]);
  });

  it('come in pages that stay in place when a schedule is added', async () => {
    await made('First');
    await made('Second');
    const page =
      'query($first: Int!, $after: Cursor) { schedules(first: $first, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }';
    type Page = {
      schedules: {
        totalCount: number;
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const read = async (first: number, after?: string) =>
      ((await service.ask(page, { first, after })).data as never as Page).schedules;
    const all = (await read(100)).nodes.map(({ id }) => id);
    const head = await read(1);
    await made('Third');
    const rest = await read(100, head.pageInfo.endCursor);
    expect([...head.nodes, ...rest.nodes].map(({ id }) => id).slice(0, all.length)).toEqual(all);
    expect(rest.totalCount).toBe(all.length + 1);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    const tooMany = await service.ask(page, { first: 101 });
    expect(tooMany.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    const strange = await service.ask(page, {
      first: 1,
      after: Buffer.from('a\u0000').toString('base64url'),
    });
    expect(strange.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    const next = await service.ask('{ schedules(first: 1) { nodes { next(count: 0) { at } } } }');
    expect(next.errors?.[0]).toMatchObject({
      message: '"count" takes 1 to 100.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('are not seen by another organisation, not even as entities', async () => {
    const id = await made();
    const stranger = service.caller('OWNER', newId('organization'));
    const list = await service.ask('{ schedules(first: 100) { totalCount nodes { id } } }', {}, stranger);
    expect(list.data).toEqual({ schedules: { totalCount: 0, nodes: [] } });
    const entity = await service.ask(
      'query($all: [_Any!]!) { _entities(representations: $all) { ... on Schedule { name } } }',
      { all: [{ __typename: 'Schedule', id }] },
      stranger,
    );
    expect(entity.data).toEqual({ _entities: [null] });
  });

  it('are refused before GraphQL to a call that nobody signed', async () => {
    await eventually(async () => {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ _service { sdl } }' }),
      });
      expect(response.status).toBe(401);
    });
  });
});
