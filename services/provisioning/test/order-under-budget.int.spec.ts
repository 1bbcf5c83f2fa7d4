import { timestampDate } from '@bufbuild/protobuf/wkt';
import { RunnerTrouble, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { AnsweringBilling, REASON } from './answering-billing.js';
import { Fleet, poolOf } from './fleet.js';
import { ordersSent } from './orders-sent.js';
import { ProvisioningWorld } from './provisioning-world.js';

/** The minute that an answer is waited for is three seconds. */
const SPEED = 20;
let world: ProvisioningWorld;
let billing: AnsweringBilling;
let fleet: Fleet;

beforeAll(async () => {
  world = await ProvisioningWorld.start({ speed: SPEED });
  await world.connect();
});
beforeEach(async () => {
  billing = new AnsweringBilling(world);
  billing.start();
  fleet = await Fleet.create(world, { size: 2 });
});
afterEach(async () => {
  await billing.stop();
  await fleet.remove();
});
afterAll(() => world.stop());

const knownVersion = async () => {
  const rows = await world.db.asAdmin('SELECT version FROM budget WHERE scope_id = $1', [fleet.poolId]);
  return (rows[0] as { version: string } | undefined)?.version;
};
/** How many questions of this pool were answered. */
const asked = () => billing.questions.filter(({ poolId }) => poolId === fleet.poolId).length;
/** When each runner is next tried, as it is told to customers. */
const shown = async () => {
  const query = 'query($poolId: ID!) { runners(first: 10, poolId: $poolId) { nodes { retryAt } } }';
  const { data } = await world.ask(query, { poolId: fleet.poolId });
  return (data as unknown as { runners: { nodes: { retryAt: string | null }[] } }).runners.nodes;
};
const budget = (how: { blocks?: boolean } = {}) => billing.setBudget(fleet.poolId, how);

describe('an order under a hard budget', () => {
  it('goes out once the dearest of its types is granted, and not before', async () => {
    const before = await ordersSent(world);
    const asked: number[] = [];
    billing.grants = (hours) => {
      asked.push(hours);
      return asked.length > 3 ? hours : undefined;
    };
    await budget();
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    expect(asked.length).toBeGreaterThan(3);
    expect((await ordersSent(world)) - before).toBe(1);
    expect(billing.questions[0]).toMatchObject({ hoursAsked: 1, allowedServerTypes: ['cx23', 'cpx22'] });
  });

  it('that is refused leaves no server; its pool sleeps, says why, and asks again when the budget changes', async () => {
    const before = await ordersSent(world);
    billing.grants = () => 0;
    await budget();
    await world.want(fleet.poolId, 2);
    await eventually(async () =>
      (await fleet.runners()).some((one) => one.state_reason === REASON && one.trouble === 'BUDGET'),
    );
    await eventually(async () => (await fleet.runners()).every(({ state }) => state === 'ASLEEP'));
    expect(await fleet.timeline('BUDGET_EXHAUSTED')).toContainEqual({
      message: REASON,
      actor: 'provisioning',
    });
    // Until when, for people and for whoever tells them what their jobs wait for.
    const until = (await shown()).map(({ retryAt }) => Date.parse(String(retryAt)));
    expect(until.every((at) => at > world.clock.now().getTime())).toBe(true);
    const told = (await world.published(topics.runner)).filter(
      ({ poolId, trouble }) => poolId === fleet.poolId && trouble === RunnerTrouble.BUDGET,
    );
    expect(told.map(({ nextTryAt }) => nextTryAt && timestampDate(nextTryAt).getTime())).toContain(until[0]);
    const attempts = (await fleet.runners()).map(({ attempt }) => attempt);
    expect(await ordersSent(world)).toBe(before);
    billing.grants = (hours) => hours;
    await budget();
    await eventually(async () => (await fleet.servers()).length === 2);
    const woken = await fleet.runners();
    expect(woken.map(({ trouble }) => trouble)).toEqual([null, null]);
    expect(await shown()).toEqual([{ retryAt: null }, { retryAt: null }]);
    const later = woken.map(({ attempt }) => attempt);
    expect(later.map((attempt, i) => attempt - (attempts[i] ?? 0))).toEqual([1, 1]);
  });

  it('is not tried by a runner that is wanted after another was refused, which says so once', async () => {
    billing.grants = () => 0;
    await budget();
    await world.want(fleet.poolId, 1);
    await eventually(async () => (await fleet.runners()).some(({ trouble }) => trouble === 'BUDGET'));
    await world.want(fleet.poolId, 2);
    await eventually(async () => (await fleet.runners()).every(({ trouble }) => trouble === 'BUDGET'));
    await world.want(fleet.poolId, 2, 'it is still wanted');
    await eventually(async () => {
      const due = 'SELECT 1 FROM pool WHERE id = $1 AND wanted_because = $2 AND due_at IS NULL';
      return (await world.db.asAdmin(due, [fleet.poolId, 'it is still wanted'])).length === 1;
    });
    expect(asked()).toBe(1);
    const refused = { message: REASON, actor: 'provisioning' };
    expect(await fleet.timeline('BUDGET_EXHAUSTED')).toEqual([refused, refused]);
    expect((await fleet.runners()).map(({ state_reason: reason }) => reason)).toEqual([REASON, REASON]);
  });

  it('is asked for again where the news of room have overtaken the refusal', async () => {
    await budget();
    await budget();
    await eventually(async () => expect(await knownVersion()).toBe('2'));
    billing.refusesBy = 1n;
    billing.grants = (hours) => (asked() === 0 ? 0 : hours);
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    expect(asked()).toBe(2);
  });

  it('is asked for again once the time is over for which it was refused, such as the month', async () => {
    await budget();
    billing.refusesForMs = 60_000;
    billing.grants = (hours) => (asked() === 0 ? 0 : hours);
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    expect(asked()).toBe(2);
  });

  it('is given up for a while where billing gives no answer', async () => {
    billing.grants = () => undefined;
    await budget();
    await world.want(fleet.poolId, 1);
    await eventually(async () =>
      (await fleet.runners()).some(
        ({ state_reason: reason }) => reason === 'the budget could not be checked in time',
      ),
    );
    expect(await fleet.servers()).toEqual([]);
  });
});

describe('a hard budget that is used up', () => {
  const create = `mutation($input: CreateRunnerPoolInput!) { done: createRunnerPool(input: $input) {
    runnerPool { id } userErrors { code path message } } }`;
  const resize = `mutation($id: ID!, $size: Int!) { done: resizeRunnerPool(id: $id, size: $size, confirm: true) {
    runnerPool { size } userErrors { code path message } } }`;
  const done = async (mutation: string, variables: object) =>
    (await world.ask(mutation, variables)).data?.done;
  const refused = (...path: string[]) => ({
    runnerPool: null,
    userErrors: [
      { code: 'BUDGET_EXHAUSTED', path, message: `Each runner costs its static IP, but ${REASON}.` },
    ],
  });

  it('lets its pool shrink, but not grow until there is room again', async () => {
    billing.grants = () => 0;
    await budget();
    await world.want(fleet.poolId, 1);
    await eventually(async () => (await fleet.runners()).some(({ trouble }) => trouble === 'BUDGET'));
    const of = { id: fleet.poolId };
    expect(await done(resize, { ...of, size: 3 })).toEqual(refused('size'));
    expect(await done(resize, { ...of, size: 2 })).toMatchObject({ userErrors: [] });
    expect(await done(resize, { ...of, size: 1 })).toMatchObject({ userErrors: [] });
    await budget();
    await eventually(async () => expect(await knownVersion()).toBe('2'));
    expect(await done(resize, { ...of, size: 2 })).toMatchObject({
      runnerPool: { size: 2 },
      userErrors: [],
    });
  });

  it('of the organisation lets no pool be made', async () => {
    const { organizationId } = world;
    await billing.setBudget(organizationId);
    await world.db.asAdmin('UPDATE budget SET refused_until = $2, refused_because = $3 WHERE scope_id = $1', [
      ...[organizationId, new Date(world.clock.now().getTime() + 3_600_000), REASON],
    ]);
    expect(await done(create, { input: { ...poolOf(world), name: 'one more' } })).toEqual(
      refused('input', 'size'),
    );
    await billing.setBudget(organizationId, { holds: false, blocks: false });
  });
});

describe('an order under a budget that warns', () => {
  it('goes out without waiting for the answer', async () => {
    billing.grants = () => undefined;
    await budget({ blocks: false });
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
  });

  it('is told in the timeline once, at the first hour for which the budget is used up', async () => {
    await world.want(fleet.poolId, 1);
    const runner = await fleet.reaches('ENROLLING');
    const machine = await fleet.machineOf(runner);
    const answer = (hours: number, reason: string) =>
      world.tell(topics.spend, {
        ...{ machineId: machine.id, runnerId: runner.id, hoursAsked: hours, hoursGranted: hours, reason },
        version: BigInt(100 + hours),
      });
    await answer(1, '');
    await answer(2, REASON);
    await answer(3, REASON);
    await eventually(async () => expect((await fleet.machineOf(runner)).hours_granted).toBe(3));
    expect(await fleet.timeline('BUDGET_EXHAUSTED')).toEqual([
      { message: `kept all the same: ${REASON}, and only warns`, actor: 'billing' },
    ]);
  });
});
