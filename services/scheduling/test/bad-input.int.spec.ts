import { eventually } from '@cleanroom/testing';
import { newId, RunningService, type Answer } from './running-service.js';
import { acceptedSchedules, officeHours as input, refusedSchedules } from './schedule-inputs.js';

let service: RunningService;
const poolId = newId('pool');
/** Ids that the rows refer to by their names. */
const ids: Record<string, string> = {
  poolId,
  unknownSchedule: newId('schedule'),
  unknownOverride: newId('override'),
  nonsense: "sch_' OR 1=1",
};

beforeAll(async () => {
  service = await RunningService.start();
  await service.tellPool(poolId);
  await eventually(async () => expect(await service.db.asAdmin('SELECT 1 FROM pool')).toHaveLength(1));
  ids.scheduleId = await made(service.caller());
  ids.overrideId = await overridden(ids.scheduleId);
  const stranger = service.caller('OWNER', (ids.stranger = newId('organization')));
  ids.foreignSchedule = await made(stranger);
  ids.foreignOverride = await overridden(ids.foreignSchedule, stranger);
  await service.ask(assign, { scheduleId: ids.scheduleId, poolId });
});
afterAll(() => service.stop());

const payload = '{ schedule { id overrides { id } } userErrors { code message path } }';
const create = `mutation($input: ScheduleInput!) { createSchedule(input: $input) ${payload} }`;
const update = `mutation($id: ID!, $input: ScheduleInput!) { updateSchedule(id: $id, input: $input) ${payload} }`;
const assign = `mutation($scheduleId: ID, $poolId: ID!) {
  assignSchedule(scheduleId: $scheduleId, poolId: $poolId) ${payload} }`;
const override = `mutation($id: ID!, $from: DateTime!, $to: DateTime!, $warm: Int!, $reason: String!) {
  overrideSchedule(scheduleId: $id, from: $from, to: $to, warm: $warm, reason: $reason) ${payload} }`;
const removeOverride = `mutation($id: ID!) { removeOverride(id: $id) ${payload} }`;
const remove =
  'mutation($id: ID!) { deleteSchedule(id: $id) { deletedId userErrors { code message path } } }';

const span = {
  from: '2099-01-01T00:00:00Z',
  to: '2099-01-02T00:00:00Z',
  warm: 3,
  reason: 'release',
};

type Payload = { schedule: { id: string; overrides: { id: string }[] } };
const resultOf = <T>(answer: Answer): T => Object.values(answer.data ?? {})[0] as T;
let count = 0;
/** Under a name that no other has. */
const another = (given: object = {}) => ({ ...input, name: `Hours ${++count}`, ...given });
const made = async (caller: ReturnType<RunningService['caller']>, given: object = {}): Promise<string> =>
  resultOf<Payload>(await service.ask(create, { input: another(given) }, caller)).schedule.id;
const overridden = async (id: string, caller = service.caller()): Promise<string> =>
  resultOf<Payload>(await service.ask(override, { id, ...span }, caller)).schedule.overrides[0]!.id;

const badOverrides: [what: string, given: object, ...expected: string[]][] = [
  ['an end before its begin', { to: '2098-12-31T23:59:59Z' }, 'INVALID to'],
  ['an end at its begin', { to: span.from }, 'INVALID to'],
  ['an end that is past', { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' }, 'INVALID to'],
  ['a begin in words', { from: 'tomorrow' }, 'INVALID from'],
  ['a begin without its zone', { from: '2099-01-01T00:00:00' }, 'INVALID from'],
  ['a begin on the 30th of February', { from: '2099-02-30T00:00:00Z' }, 'INVALID from'],
  ['an end in the 25th hour', { to: '2099-01-02T25:00:00Z' }, 'INVALID to'],
  ['neither begin nor end', { from: '', to: '' }, 'INVALID from', 'INVALID to'],
  ['fewer than none warm', { warm: -1 }, 'INVALID warm'],
  ['501 warm', { warm: 501 }, 'INVALID warm'],
  ['no reason', { reason: ' ' }, 'INVALID reason'],
  ['a reason of 201 characters', { reason: 'x'.repeat(201) }, 'INVALID reason'],
  ['a reason with a NUL', { reason: 'a\u0000b' }, 'INVALID reason'],
];

/** Values that begin with $ stand for the id of that name. */
const badReferences: [what: string, mutation: string, variables: object, expected: string][] = [
  ['the update of one that does not exist', update, { id: '$unknownSchedule', input }, 'NOT_FOUND id'],
  ["the update of another organisation's", update, { id: '$foreignSchedule', input }, 'NOT_FOUND id'],
  ['the update of nonsense', update, { id: '$nonsense', input }, 'NOT_FOUND id'],
  ['the deletion of one that does not exist', remove, { id: '$unknownSchedule' }, 'NOT_FOUND id'],
  ["the deletion of another organisation's", remove, { id: '$foreignSchedule' }, 'NOT_FOUND id'],
  ['the deletion of one in use', remove, { id: '$scheduleId' }, 'IN_USE id'],
  [
    'an override of one that does not exist',
    override,
    { id: '$unknownSchedule', ...span },
    'NOT_FOUND scheduleId',
  ],
  [
    "an override of another organisation's",
    override,
    { id: '$foreignSchedule', ...span },
    'NOT_FOUND scheduleId',
  ],
  ['the removal of no override', removeOverride, { id: '$unknownOverride' }, 'NOT_FOUND id'],
  [
    "the removal of another organisation's override",
    removeOverride,
    { id: '$foreignOverride' },
    'NOT_FOUND id',
  ],
  ['the removal of a schedule for an override', removeOverride, { id: '$scheduleId' }, 'NOT_FOUND id'],
  [
    'a pool that is to follow no such schedule',
    assign,
    { scheduleId: '$unknownSchedule', poolId: '$poolId' },
    'NOT_FOUND scheduleId',
  ],
  [
    "a pool that is to follow another organisation's",
    assign,
    { scheduleId: '$foreignSchedule', poolId: '$poolId' },
    'NOT_FOUND scheduleId',
  ],
  ['a pool that is nonsense', assign, { scheduleId: '$scheduleId', poolId: '$nonsense' }, 'NOT_FOUND poolId'],
];

const forViewers: [mutation: string, variables: object][] = [
  [create, { input }],
  [update, { id: '$scheduleId', input }],
  [assign, { scheduleId: null, poolId: '$poolId' }],
  [override, { id: '$scheduleId', ...span }],
  [removeOverride, { id: '$overrideId' }],
  [remove, { id: '$scheduleId' }],
];

const named = (variables: object): object =>
  Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [
      key,
      typeof value === 'string' && value.startsWith('$') ? ids[value.slice(1)] : value,
    ]),
  );

const all = `{ schedules(first: 100) { totalCount nodes { id name timeZone holidayCountry
  windows { days start end warm } holidays { date name } overrides { id from to warm reason } } } }`;

/** Everything that a mutation of schedules could change, of this organisation and of the other. */
const everything = async (): Promise<unknown> => {
  const schedules = await service.ask(all);
  const foreign = await service.ask(all, {}, service.caller('OWNER', ids.stranger));
  const pool = await service.ask(
    `query($of: [_Any!]!) { _entities(representations: $of) { ... on RunnerPool { schedule { id } capacity { wanted because decidedAt } } } }`,
    { of: [{ __typename: 'RunnerPool', id: poolId }] },
  );
  expect([schedules.errors, foreign.errors, pool.errors]).toEqual([undefined, undefined, undefined]);
  expect(JSON.stringify(foreign.data)).toContain(ids.foreignOverride);
  return [schedules.data, foreign.data, pool.data];
};

const expectRefused = async (
  mutation: string,
  variables: object,
  expected: string[],
  caller = service.caller('OWNER'),
): Promise<void> => {
  const before = await everything();
  const answer = await service.ask(mutation, named(variables), caller);
  expect(answer.errors).toBeUndefined();
  const { userErrors, ...rest } = resultOf<{
    userErrors: { code: string; message: string; path: string[] }[];
  }>(answer);
  expect(userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(expected);
  for (const { message } of userErrors) expect(message).toMatch(/^\p{Lu}.*\.$/u);
  expect(Object.values(rest)).toEqual([null]);
  expect(await everything()).toEqual(before);
};

describe('refused, with nothing changed, is', () => {
  it.each(refusedSchedules)('a schedule with %s', async (_, given, ...expected) => {
    await expectRefused(create, { input: { ...input, ...given } }, expected);
    await expectRefused(update, { id: '$scheduleId', input: { ...input, ...given } }, expected);
  });

  it.each(badOverrides)('an override with %s', async (_, given, ...expected) => {
    await expectRefused(override, { id: '$scheduleId', ...span, ...given }, expected);
  });

  it.each(badReferences)('%s', async (_, mutation, variables, expected) => {
    await expectRefused(mutation, variables, [expected]);
  });

  it.each(['Night shift', ' Night shift '])('a schedule with the name of another: "%s"', async (name) => {
    if (name === 'Night shift') await made(service.caller(), { name });
    await expectRefused(create, { input: { ...input, name } }, ['ALREADY_EXISTS input.name']);
    await expectRefused(update, { id: '$scheduleId', input: { ...input, name } }, [
      'ALREADY_EXISTS input.name',
    ]);
  });

  it('every mutation of a viewer', async () => {
    for (const [mutation, variables] of forViewers) {
      await expectRefused(mutation, variables, ['NOT_ALLOWED '], service.caller('VIEWER'));
    }
  });

  it('the 101st override that is not over yet', async () => {
    const id = await made(service.caller());
    for (let count = 0; count < 100; count++) await service.ask(override, { id, ...span });
    await expectRefused(override, { id, ...span }, ['LIMIT_EXCEEDED scheduleId']);
  });
});

describe('accepted, at the edge of what is refused, is', () => {
  it("its own name, another organisation's, and one that was given up", async () => {
    const id = await made(service.caller(), { name: 'Weekends' });
    const again = await service.ask(update, { id, input: another({ name: 'Weekends' }) });
    const elsewhere = another({ name: 'Weekends' });
    const foreign = await service.ask(
      create,
      { input: elsewhere },
      service.caller('OWNER', newId('organization')),
    );
    await service.ask(remove, { id });
    const anew = await service.ask(create, { input: another({ name: 'Weekends' }) });
    for (const answer of [again, foreign, anew])
      expect(resultOf<{ userErrors: unknown[] }>(answer).userErrors).toEqual([]);
  });

  it('one of two that ask for the same name at once', async () => {
    const asked = [1, 2, 3].map(() => service.ask(create, { input: another({ name: 'Race' }) }));
    const answers = (await Promise.all(asked)).map((answer) => resultOf<{ schedule: object | null }>(answer));
    expect(answers.filter(({ schedule }) => schedule !== null)).toHaveLength(1);
  });

  it.each(acceptedSchedules)('a schedule with %s', async (_, given) => {
    const answer = await service.ask(create, { input: another(given) });
    expect(resultOf<{ userErrors: unknown[] }>(answer).userErrors).toEqual([]);
  });

  it.each<[string, object]>([
    ['a begin long ago', { from: '0001-01-01T00:00:00Z' }],
    ['an end far ahead', { to: '9999-12-31T23:59:59Z' }],
    ['an offset', { from: '2099-01-01T00:00:00+14:00' }],
  ])('an override with %s', async (_, given) => {
    const id = await made(service.caller());
    const answer = await service.ask(override, { id, ...span, ...given });
    expect(answer.errors).toBeUndefined();
    expect(resultOf<{ userErrors: unknown[] }>(answer).userErrors).toEqual([]);
  });
});
