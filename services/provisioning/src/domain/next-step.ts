import type { BudgetHold } from '@cleanroom/kernel';
import { answerBy, isNextHourRefused, nextAsk, orderHold, unpaidFrom } from './budget-hold.js';
import { countedFrom, deadlineOf, silentAfter, unprotectedUntil } from './deadlines.js';
import {
  isProtected,
  isReady,
  isStarted,
  isUsed,
  jobsToTake,
  mayHaveGitLabRunner,
  mayHaveServer,
  mayRunNext,
  whyLost,
  type Machine,
} from './machine.js';
import { isTimeToSleep, lastChance, mayDeleteFrom, rebuildPays, sleepAt } from './paid-hour.js';
import { isLack } from './order-lack.js';
import { NO_JOBS, rests } from './pool.js';
import type { Runner } from './runner.js';
import { fail, move, wait, type AwakeSituation, type Situation, type Step } from './step.js';
import { leaveUnpaid, mustStop, stopNow, whyStopped } from './stopping.js';
import type { RunnerState } from './runner-state.js';

/** What to do next for a runner. Pure: the same situation at the same time has the same answer. */
export function nextStep(situation: Situation, now: Date): Step {
  const { runner, machine } = situation;
  switch (runner.state) {
    case 'REQUESTED':
      return whenRequested(runner);
    case 'ASLEEP':
      return whenAsleep(situation, now);
    case 'FAILED':
      return move('STOPPING', runner.stateReason);
    case 'DELETED':
      return wait();
  }
  if (!machine)
    return runner.state === 'STOPPING' ? move('ASLEEP') : move('STOPPING', 'its machine is unknown');
  return (
    whenLost(runner, machine) ??
    whenOverdue({ ...situation, machine }, now) ??
    askInTime({ ...situation, machine }, now)
  );
}

/** Whatever else is to be done: the next hour is asked for before it is decided whether to stay for it. */
function askInTime(situation: AwakeSituation, now: Date): Step {
  const { runner, machine, budget } = situation;
  const ask = maySpendOn.includes(runner.state) ? nextAsk(machine, runner, budget, now) : undefined;
  if (ask && ask.at <= now) return { kind: 'ask-hours', hours: ask.hours };
  const step = whenAwake[runner.state as WithMachine](situation, now);
  return ask && step.kind === 'wait' ? wait(earliest(ask.at, step.until ?? undefined)) : step;
}

/** States in which a machine may pass into another hour. */
const maySpendOn: readonly RunnerState[] = ['ENROLLING', 'IDLE', 'BUSY', 'CLEANING'];

type WithMachine = 'STARTING' | 'ENROLLING' | 'IDLE' | 'BUSY' | 'CLEANING' | 'DRAINING' | 'STOPPING';

const whenAwake: Record<WithMachine, (situation: AwakeSituation, now: Date) => Step> = {
  STARTING: ({ runner, pool, machine, budget }, now) => {
    if (machine.serverId > 0) return move('ENROLLING');
    if (machine.orderSentAt === null && (mustStop(runner, pool) || !runner.wanted))
      return move('ASLEEP', whyStopped(runner, pool));
    // Hetzner would refuse an address that is gone, again and again.
    if (machine.orderSentAt === null && machine.primaryIpId !== runner.primaryIpId)
      return move('ASLEEP', 'its address is gone');
    // Stopping settles an order that may have reached Hetzner by its name, and sends none.
    if (mustStop(runner, pool)) return move('STOPPING', whyStopped(runner, pool));
    return machine.orderSentAt === null ? orderUnder(budget, runner, machine, now) : orderOrWait(runner, now);
  },
  ENROLLING: (situation, now) => {
    const { machine, budget } = situation;
    if (machine.jobStarted) return move('BUSY');
    const stop = stopNow(situation, now);
    if (stop) return stop;
    if (isReady(machine)) return move('IDLE');
    if (mayHaveGitLabRunner(machine) && machine.gitlabRunnerId === 0) return { kind: 'create-gitlab-runner' };
    if (machine.gitlabRunnerId > 0 && !isProtected(machine) && machine.gitlabTakes !== NO_JOBS)
      return { kind: 'update-gitlab-runner' };
    return wait(earliest(deadlineIn(situation)?.at, unpaidFrom(machine, budget, now)));
  },
  IDLE: whenIdle,
  // GitLab alone can tell that a job is over, also what was not heard, or happened while we were away.
  BUSY: (situation, now) =>
    situation.machine.quiet ? afterJob(situation, now) : { kind: 'confirm-job-over' },
  CLEANING: (situation, now) => {
    const { machine } = situation;
    const stop = machine.rebuildIntentAt === null ? stopNow(situation, now) : undefined;
    if (stop) return stop;
    if (machine.gitlabRunnerId > 0) return { kind: 'delete-gitlab-runner' };
    return { kind: machine.rebuildIntentAt === null ? 'begin-rebuild' : 'rebuild-server' };
  },
  DRAINING: () => ({ kind: 'drain' }),
  STOPPING: ({ machine }, now) => {
    if (machine.gitlabRunnerId > 0 || machine.gitlabIntentGeneration > 0)
      return { kind: 'delete-gitlab-runner' };
    if (machine.deletedAt !== null || !mayHaveServer(machine)) return move('ASLEEP');
    const from = machine.createdAt && !machine.deleteSentAt ? mayDeleteFrom(machine.createdAt, now) : now;
    return from > now ? wait(from) : { kind: 'delete-server' };
  },
};

/** States in which a machine that is lost has nothing left to save. */
const losable: readonly RunnerState[] = ['ENROLLING', 'IDLE', 'BUSY', 'CLEANING', 'DRAINING'];

const whenLost = (runner: Runner, machine: Machine): Step | undefined => {
  const why = whyLost(machine);
  return why !== null && losable.includes(runner.state) ? fail('STOPPING', why) : undefined;
};

const whenRequested = (runner: Runner): Step => {
  if (runner.retiring) return runner.ipReleased ? move('DELETED') : wait();
  return runner.primaryIpId > 0 ? move('ASLEEP') : wait();
};

function whenAsleep({ runner, pool, orderLack, budget }: Situation, now: Date): Step {
  if (runner.retiring) return runner.ipReleased ? move('DELETED') : wait();
  const refusedUntil =
    budget.refusedUntil !== null && budget.refusedUntil > now ? budget.refusedUntil : undefined;
  if (runner.heldByBudget) return refusedUntil ? wait(refusedUntil) : { kind: 'forget-refusal' };
  const tells = isLack(runner.stateReason);
  if (tells && runner.stateReason !== orderLack?.reason) return { kind: 'tell-lack', lack: orderLack };
  if (!runner.wanted || rests(pool) || runner.primaryIpId === 0) return wait();
  if (runner.retryAt !== null && runner.retryAt > now) return wait(runner.retryAt);
  if (orderLack) return tells ? wait() : { kind: 'tell-lack', lack: orderLack };
  return { kind: refusedUntil ? 'hold-for-budget' : 'begin-order' };
}

const orderOrWait = (runner: Runner, now: Date): Step =>
  runner.retryAt !== null && runner.retryAt > now ? wait(runner.retryAt) : { kind: 'order-server' };

/** Where a budget holds, billing is asked before Hetzner is. */
function orderUnder(budget: BudgetHold, runner: Runner, machine: Machine, now: Date): Step {
  const hold = orderHold(machine, runner.stateSince, budget, now);
  switch (hold) {
    case 'ask':
      return { kind: 'ask-hours', hours: 1 };
    case 'wait':
      return wait(answerBy(runner.stateSince));
    case 'refused':
    case 'unanswered':
      return { kind: 'give-up-unpaid', why: hold };
    case 'may-order':
      return orderOrWait(runner, now);
  }
}

/** Whether a machine is ready it says itself; of orders and rebuilds Hetzner tells. */
const deadlineIn = ({ runner, workingSince, hearingSince, clockFactor }: Situation) =>
  deadlineOf(
    runner.state,
    countedFrom(runner.stateSince, runner.state === 'ENROLLING' ? hearingSince : workingSince),
    clockFactor,
  );

function whenOverdue(situation: AwakeSituation, now: Date): Step | undefined {
  const { machine, runner } = situation;
  const { state } = runner;
  const deadline = deadlineIn(situation);
  if (!deadline || deadline.at > now) return undefined;
  // What was waited for has come; only we are late to see it.
  const fulfilled =
    state === 'STARTING'
      ? machine.serverId > 0
      : state === 'ENROLLING' && (machine.jobStarted || isReady(machine));
  return fulfilled ? undefined : fail('FAILED', deadline.reason);
}

function whenIdle(situation: AwakeSituation, now: Date): Step {
  const { runner, pool, machine, budget } = situation;
  if (machine.jobStarted) return move('BUSY');
  if (mustStop(runner, pool)) return move('DRAINING', whyStopped(runner, pool));
  const tooOldAt = oldFrom(machine, pool);
  if (tooOldAt <= now) return move('DRAINING', 'its machine is too old');
  if (!mayRunNext(machine, pool))
    return move('DRAINING', isUsed(machine) ? 'a job ran on its machine' : 'its runner takes several jobs');
  const silentAt = silentFrom(situation);
  if (silentAt && silentAt <= now)
    return fail('DRAINING', isStarted(machine) ? 'its machine is silent' : 'its machine starts no runner');
  const bare = bareUntil(situation);
  if (bare && bare <= now) return fail('DRAINING', 'its firewalls are not in force');
  const sleep = sleepFrom(runner, pool, machine, now);
  if (sleep && sleep <= now) return move('DRAINING', 'nobody needs it');
  const unpaid = unpaidFrom(machine, budget, now);
  if (unpaid && unpaid <= now) return leaveUnpaid('DRAINING', machine, budget);
  if (machine.gitlabTakes !== jobsToTake(machine, pool)) return { kind: 'update-gitlab-runner' };
  return wait(earliest(tooOldAt, silentAt, bare, sleep, unpaid));
}

/** How long a machine whose firewalls are not in force is kept; `undefined` for one that is protected. */
function bareUntil({ runner, machine, workingSince, clockFactor }: AwakeSituation): Date | undefined {
  if (isProtected(machine)) return undefined;
  const since = machine.unprotectedSince ?? runner.stateSince;
  return unprotectedUntil(countedFrom(since, workingSince), clockFactor);
}

/** When an unwanted idle runner goes to sleep; `undefined` for a wanted one, which passes into its next hour. */
function sleepFrom(runner: Runner, pool: Situation['pool'], machine: Machine, now: Date): Date | undefined {
  if (runner.wanted || machine.createdAt === null) return undefined;
  const idleEnough = new Date(runner.stateSince.getTime() + pool.idleTimeoutSeconds * 1000);
  if (idleEnough > now) return idleEnough;
  return isTimeToSleep(machine.createdAt, now) ? now : sleepAt(machine.createdAt, now);
}

/** A job is over, and GitLab has confirmed it: what the machine is good for now. */
function afterJob({ runner, pool, machine, budget }: AwakeSituation, now: Date): Step {
  if (mustStop(runner, pool)) return move('STOPPING', whyStopped(runner, pool));
  if (oldFrom(machine, pool) <= now) return move('STOPPING', 'its machine is too old');
  if (pool.freshMachine === 'EVERY_START') return move('IDLE');
  const isRefused = isNextHourRefused(machine, budget);
  const stays = runner.wanted && !isRefused;
  if (machine.createdAt !== null && rebuildPays(machine.createdAt, now, stays))
    return move('CLEANING', 'its job is over');
  return runner.wanted && isRefused
    ? leaveUnpaid('STOPPING', machine, budget)
    : move('STOPPING', 'nobody needs it and its hour is nearly over');
}

/** Ages are mostly whole hours, counted from a moment before the server's own: without care each would buy another. */
function oldFrom({ orderedAt, createdAt }: Machine, pool: Situation['pool']): Date {
  const at = new Date(orderedAt.getTime() + pool.maxMachineAgeSeconds * 1000);
  return createdAt ? lastChance(createdAt, at) : at;
}

/** When an idle machine counts as silent: it had as long as that to be heard by us. One that never says that it lives is not. */
function silentFrom({ runner, machine, hearingSince, clockFactor }: AwakeSituation): Date | undefined {
  if (isStarted(machine) && machine.lastReportAt === null) return undefined;
  return silentAfter(countedFrom(lastHeard(machine, runner), hearingSince), clockFactor);
}

/** A machine that waits for work with no runner started is of no use, however often it says that it lives. */
function lastHeard(machine: Machine, { stateSince }: Runner): Date {
  const { lastReportAt, readyAt } = machine;
  const heard = isStarted(machine) ? [lastReportAt?.getTime() ?? 0, readyAt?.getTime() ?? 0] : [];
  return new Date(Math.max(stateSince.getTime(), ...heard));
}

const earliest = (...dates: (Date | undefined)[]): Date =>
  new Date(Math.min(...dates.filter((date) => date !== undefined).map((date) => date.getTime())));
