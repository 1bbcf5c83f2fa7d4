import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  RunnerState,
  StaticIpStatus,
  StaticIpTrouble,
  topics,
  type StaticIpChanged,
} from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { connectProject } from './connect-project.js';
import { IdentityWorld, newId, type ProjectTokens } from './identity-world.js';

const REASON = 'the budget of the pool, 1.00 EUR a month, is used up';
const DAY_MS = 24 * 3_600_000;

let world: IdentityWorld;
let organizationId: string;
let tokens: ProjectTokens;
let poolId: string;
let hetznerProjectId: string;
let runner: { organizationId: string; poolId: string; hetznerProjectId: string; locations: string[] };
let budgetVersion = 0n;

/** @param speed product seconds per real second: an answer is waited for a minute */
const inWorld = (speed: number) => {
  beforeAll(async () => {
    world = await IdentityWorld.start({ speed });
  });
  afterAll(() => world.stop());
};
beforeEach(async () => {
  ({ organizationId } = await world.organization());
  tokens = await world.newProject();
  hetznerProjectId = await connectProject(world, organizationId, tokens.token);
  poolId = newId('pool');
  runner = { organizationId, poolId, hetznerProjectId, locations: ['fsn1', 'nbg1'] };
});
afterEach(() => world.steer('DELETE', 'faults'));

/** Billing tells of a budget, and identity has heard of it. */
const budget = async (how: { holds?: boolean; blocks?: boolean } = {}) => {
  budgetVersion += 1n;
  const { holds = true, blocks = true } = how;
  await world.tell(topics.budget, { scopeId: poolId, organizationId, version: budgetVersion, holds, blocks });
  await eventually(async () => {
    const known = await world.db.asAdmin('SELECT version FROM budget WHERE scope_id = $1', [poolId]);
    expect(known).toEqual([{ version: String(budgetVersion) }]);
  });
};
const request = async (seat = 0): Promise<string> => {
  const runnerId = newId('runner');
  await world.tell(topics.runner, { ...runner, runnerId, seat, state: RunnerState.REQUESTED });
  return runnerId;
};
const told = async (runnerId: string): Promise<StaticIpChanged | undefined> =>
  (await world.published(topics.staticIp)).filter((event) => event.runnerId === runnerId).at(-1);
const becomes = (runnerId: string, expected: object): Promise<void> =>
  eventually(async () => expect(await told(runnerId)).toMatchObject(expected));
const asks = (runnerId: string, question = 1) => becomes(runnerId, { budgetQuestion: question });
let decisions = 0n;
const grant = (runnerId: string, question = 1) =>
  world.tell(topics.staticIpSpend, {
    ...{ runnerId, organizationId, version: ++decisions, question, granted: true },
  });
const refuse = (runnerId: string, question = 1, forMs = DAY_MS) =>
  world.tell(topics.staticIpSpend, {
    ...{ runnerId, organizationId, version: ++decisions, question, granted: false },
    ...{ exhaustedScopeId: poolId, exhaustedVersion: budgetVersion, reason: REASON },
    retryAt: timestampFromDate(new Date(world.clock.now().getTime() + forMs)),
  });
const isRefused = (runnerId: string) =>
  becomes(runnerId, { status: StaticIpStatus.RESERVING, trouble: StaticIpTrouble.BUDGET, reason: REASON });
const isLeased = (runnerId: string) =>
  becomes(runnerId, { status: StaticIpStatus.ACTIVE, budgetQuestion: 0 });
const replaceToken = () =>
  world.ask(
    world.caller(organizationId),
    `mutation($id: ID!, $apiToken: String) { updateHetznerProject(id: $id, apiToken: $apiToken) { userErrors { code } } }`,
    { id: hetznerProjectId, apiToken: tokens.second },
  );
/** What was said last before the address was there. */
const toldBeforeOrder = async (runnerId: string) =>
  (await world.published(topics.staticIp))
    .filter((one) => one.runnerId === runnerId && one.status === StaticIpStatus.RESERVING)
    .at(-1);
/** How many orders have left, whatever became of them. */
const orders = async () =>
  (await world.changesAtHetzner(tokens.project)).filter((operation) => operation === 'create_primary_ip')
    .length;

describe('an address under a hard budget', () => {
  inWorld(1);

  it('is ordered once it is granted, and not before', async () => {
    await budget();
    const runnerId = await request();
    await asks(runnerId);
    expect(await told(runnerId)).toMatchObject({ allowedLocations: ['fsn1', 'nbg1'] });
    expect(await orders()).toBe(0);
    await grant(runnerId);
    await isLeased(runnerId);
    expect(await orders()).toBe(1);
  });

  it('that is refused is not ordered, and says so, as do others that need not ask then; until the budget changes', async () => {
    await budget();
    const first = await request();
    await asks(first);
    await refuse(first);
    await isRefused(first);
    const second = await request(1);
    await isRefused(second);
    expect(await told(second)).toMatchObject({ budgetQuestion: 0 });
    expect(await orders()).toBe(0);
    await budget();
    await asks(first, 2);
    await asks(second, 1);
    await grant(first, 2);
    await grant(second, 1);
    await Promise.all([first, second].map(isLeased));
    expect(await told(first)).toMatchObject({ trouble: StaticIpTrouble.UNSPECIFIED, reason: '' });
  });

  it('is asked for again by itself once the time is over for which it was refused, such as the month', async () => {
    await budget();
    const runnerId = await request();
    await asks(runnerId);
    await refuse(runnerId, 1, 3_000);
    await isRefused(runnerId);
    await asks(runnerId, 2);
    await grant(runnerId, 2);
    await isLeased(runnerId);
  });

  it('is ordered without an answer once the budget is gone, and counted by whoever reckons', async () => {
    await budget();
    const runnerId = await request();
    await asks(runnerId);
    await refuse(runnerId);
    await isRefused(runnerId);
    await budget({ holds: false, blocks: false });
    await isLeased(runnerId);
    const ordered = await toldBeforeOrder(runnerId);
    expect(ordered).toMatchObject({ budgetQuestion: 0 });
    expect(ordered?.refusedUntil).toBeUndefined();
  });

  it('that was ordered before the budget was set, with an answer that was lost, is leased without a question', async () => {
    await world.steer('POST', 'faults', { operation: 'create_primary_ip', mode: 'lose_answer', times: 1 });
    await world.steer('POST', 'faults', { operation: 'list_primary_ips', mode: 'fail', rate: 1 });
    const runnerId = await request();
    await eventually(async () => expect(await orders()).toBe(1));
    await budget();
    await world.steer('DELETE', 'faults');
    await isLeased(runnerId);
    expect(await orders()).toBe(1);
    const questions = (await world.published(topics.staticIp)).filter((one) => one.runnerId === runnerId);
    expect(questions.every(({ budgetQuestion }) => budgetQuestion === 0)).toBe(true);
  });

  it('changes nothing any more where an answer comes twice, or the news of all are delivered again', async () => {
    await budget();
    const runnerId = await request();
    await asks(runnerId);
    await grant(runnerId);
    await isLeased(runnerId);
    const before = await told(runnerId);
    await refuse(runnerId);
    const last = await request(1);
    await asks(last);
    await refuse(last);
    await isRefused(last);
    expect(await told(runnerId)).toEqual(before);
  });

  it('that waits for credentials keeps no money from others, and is counted again before it is ordered', async () => {
    await world.steer('DELETE', 'tokens', { token: tokens.token });
    const lacksCredentials = { trouble: StaticIpTrouble.CREDENTIALS };
    await becomes(await request(), lacksCredentials);
    const runnerId = await request(1);
    await becomes(runnerId, lacksCredentials);
    expect((await told(runnerId))?.refusedUntil).toBeDefined();
    await replaceToken();
    await isLeased(runnerId);
    const ordered = await toldBeforeOrder(runnerId);
    expect(ordered).toMatchObject({ budgetQuestion: 0 });
    expect(ordered?.refusedUntil).toBeUndefined();
  });

  it('is not asked for where the budget only warns', async () => {
    await budget({ blocks: false });
    const runnerId = await request();
    await isLeased(runnerId);
    const events = (await world.published(topics.staticIp)).filter((one) => one.runnerId === runnerId);
    expect(events.every(({ budgetQuestion }) => budgetQuestion === 0)).toBe(true);
  });
});

describe('an address that billing does not answer about', () => {
  inWorld(60);

  it('is asked for again and again, and never ordered; an answer to an older question is none', async () => {
    await budget();
    const runnerId = await request();
    await becomes(runnerId, { reason: 'the budget could not be checked in time' });
    await grant(runnerId, 1);
    const question = async () => (await told(runnerId))?.budgetQuestion ?? 0;
    const later = (await question()) + 2;
    await eventually(async () => expect(await question()).toBeGreaterThanOrEqual(later));
    expect(await orders()).toBe(0);
    await eventually(async () => {
      await grant(runnerId, await question());
      expect(await told(runnerId)).toMatchObject({ status: StaticIpStatus.ACTIVE });
    });
    expect(await orders()).toBe(1);
  });
});
