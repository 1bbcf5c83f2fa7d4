import { eventually } from '@cleanroom/testing';
import { AnsweringBilling } from '../answering-billing.js';
import { Fleet, type MachineRow } from '../fleet.js';
import { ProvisioningWorld } from '../provisioning-world.js';
import { takeJob } from '../take-job.js';

/**
 * A machine leaves between its 57th and its 59th minute. Those two are half a real minute here: where this computer
 * stands still for longer, a machine rightly stays until its hour is over.
 */
const SPEED = 4;
/** How old machines are made: moments before they leave. */
const NEARLY_57 = 56.8;
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
  fleet = await Fleet.create(world);
});
afterEach(async () => {
  await billing.stop();
  await fleet.remove();
});
afterAll(() => world.stop());

/** Waits for a machine's end, and returns the minutes that it lived. */
const livesFor = (machine: MachineRow) =>
  eventually(async () => {
    const found = (await fleet.machines()).find(({ id }) => id === machine.id);
    return found?.deleted_at ? (found.deleted_at.getTime() - found.created_at.getTime()) / 60_000 : false;
  });
const leavesAtItsHoursEnd = async (machine: MachineRow) => {
  const minutes = await livesFor(machine);
  // Hetzner tells whole seconds.
  expect(minutes).toBeGreaterThan(56.98);
  expect(minutes).toBeLessThan(60);
};
const grantOneHour = async () => {
  billing.grants = () => 1;
  await billing.setBudget(fleet.poolId);
};

describe('the paid hour', () => {
  it('of a machine that nobody wants any more is used up, and no further one begun', async () => {
    await world.want(fleet.poolId, 1);
    const { machine } = await fleet.becomeIdle();
    await world.want(fleet.poolId, 0);
    await fleet.age(machine, NEARLY_57);
    await leavesAtItsHoursEnd(machine);
  });
});

describe('the next hour under a hard budget', () => {
  it('that is refused ends an idle machine within the hour that is paid', async () => {
    await grantOneHour();
    await world.want(fleet.poolId, 1);
    const { machine } = await fleet.becomeIdle();
    await fleet.age(machine, NEARLY_57);
    await leavesAtItsHoursEnd(machine);
    expect(billing.questions.map(({ hoursAsked }) => hoursAsked)).toContain(2);
    const refused = { message: 'the budget grants no further hour', actor: 'provisioning' };
    expect(await fleet.timeline('BUDGET_EXHAUSTED')).toContainEqual(refused);
  });

  it('is not what a running job is cut off for', async () => {
    await grantOneHour();
    await world.want(fleet.poolId, 1);
    const { runner, machine } = await fleet.becomeIdle();
    const { body } = await fleet.configuration(runner, machine);
    const job = await takeJob(world.gitlab, String(body.token));
    await fleet.report(runner, machine, { event: 'JOB_STARTED', gitlabJobId: job.id });
    await fleet.reaches('BUSY');
    await fleet.age(machine, 59.5);
    const past = world.clock.now().getTime() + 60_000;
    await eventually(() => world.clock.now().getTime() > past);
    expect(billing.questions.map(({ hoursAsked }) => hoursAsked)).toContain(2);
    expect((await fleet.machines()).find(({ id }) => id === machine.id)?.deleted_at).toBeNull();
    await job.finish();
    await fleet.report(runner, machine, { event: 'RUNNER_EXITED', gitlabJobId: job.id, exitCode: 0 });
  });
});
