import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@cleanroom/testing';
import { GroupIsActive, lagOf } from '../src/bus-operator.js';
import type { EventBus } from '../src/event-bus.js';
import { planRewind } from '../src/plan-rewind.js';
import { message, PATIENT, range, Seen, TOPIC, type BusUnderTest } from './bus-under-test.js';

export interface OperatorContractOptions {
  /** Whether who has stopped is never a member any more; else only soon, because one that cannot leave is forgotten. */
  readonly leavesAtOnce: boolean;
}

/** What every adapter must tell an operator, and let him do; run by each adapter's own spec. */
export function operatorContract(
  name: string,
  makeBus: () => Promise<BusUnderTest>,
  { leavesAtOnce }: OperatorContractOptions,
): void {
  describe(`the operator of the bus: ${name}`, () => {
    let under: BusUnderTest;
    let bus: EventBus;

    beforeEach(async () => {
      under = await makeBus();
      bus = await under.open('first');
      await bus.ensureTopics([TOPIC]);
    });
    afterEach(() => under.close());

    it('tells how far a group has come, also of one that never read, and of no topic that nobody made', async () => {
      const lag = async (group: string) =>
        (await bus.operator.positions(group, [TOPIC, 'cleanroom.test.unknown.v1'])).map(lagOf);
      await bus.publish(range(5).map((n) => message('k', n)));
      expect((await lag('a')).reduce((sum, one) => sum + one, 0)).toBe(5);
      const seen = new Seen();
      await bus.subscribe({ group: 'a', topics: [TOPIC], handle: seen.take });
      await eventually(async () => expect(await lag('a')).toEqual(range(8).map(() => 0)), PATIENT);
      expect(seen.all).toHaveLength(5);
      expect((await lag('b')).reduce((sum, one) => sum + one, 0)).toBe(5);
    });

    it('sets a group back to a time, once nobody works in it', async () => {
      const [before, after] = [new Seen(), new Seen()];
      const subscription = await bus.subscribe({ group: 'a', topics: [TOPIC], handle: before.take });
      await bus.publish([message('k', 0), message('k', 1)]);
      await eventually(() => before.all.length >= 2, PATIENT);
      await sleep(50);
      const noon = new Date();
      await sleep(50);
      await bus.publish([message('k', 2), message('k', 3)]);
      await eventually(() => before.all.length >= 4, PATIENT);
      const plan = async () =>
        planRewind(await bus.operator.positions('a', [TOPIC]), await bus.operator.placesSince([TOPIC], noon));
      await eventually(async () => expect(await plan()).toMatchObject([{ from: 4n, offset: 2n }]), PATIENT);
      const steps = await plan();
      await expect(bus.operator.setPositions('a', steps)).rejects.toBeInstanceOf(GroupIsActive);
      await subscription.stop();
      const setBack = () => bus.operator.setPositions('a', steps);
      await (leavesAtOnce ? setBack() : eventually(setBack, PATIENT));
      expect(await plan()).toEqual([]);
      await bus.subscribe({ group: 'a', topics: [TOPIC], handle: after.take });
      await eventually(() => after.all.length >= 2, PATIENT);
      expect(after.numbers('k')).toEqual([2, 3]);
    });
  });
}
