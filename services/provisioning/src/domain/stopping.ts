import type { BudgetHold } from '@cleanroom/kernel';
import { isNextHourRefused, unpaidFrom } from './budget-hold.js';
import type { Machine } from './machine.js';
import { isTimeToSleep } from './paid-hour.js';
import { rests } from './pool.js';
import type { Runner } from './runner.js';
import { move, type AwakeSituation, type Situation, type Step } from './step.js';

export const mustStop = (runner: Runner, pool: Situation['pool']): boolean =>
  rests(pool) || runner.draining || runner.retiring;

export const whyStopped = (runner: Runner, pool: Situation['pool']): string => {
  if (pool.deleting) return 'its pool is deleted';
  if (pool.paused) return 'its pool is paused';
  if (runner.retiring) return 'its seat is given up';
  return runner.draining ? 'it is drained' : 'it is no longer wanted';
};

/** A machine goes because its next hour is not granted; whether that was refused, or not answered, is told apart. */
export const leaveUnpaid = (to: 'DRAINING' | 'STOPPING', machine: Machine, budget: BudgetHold): Step => ({
  kind: 'move',
  to,
  reason: 'the budget grants no further hour',
  ...(isNextHourRefused(machine, budget) ? { unpaid: true } : {}),
});

/** Gives up a machine on its way to be ready, where there is a reason. */
export function stopNow({ runner, pool, machine, budget }: AwakeSituation, now: Date): Step | undefined {
  if (mustStop(runner, pool)) return move('STOPPING', whyStopped(runner, pool));
  const unpaid = unpaidFrom(machine, budget, now);
  if (unpaid && unpaid <= now) return leaveUnpaid('STOPPING', machine, budget);
  const hourEnds = machine.createdAt !== null && isTimeToSleep(machine.createdAt, now);
  return !runner.wanted && hourEnds
    ? move('STOPPING', 'nobody needs it and its hour is nearly over')
    : undefined;
}
