import { struckAt } from '@cleanroom/service-kit';
import { superviseProcess } from '@cleanroom/testing';
import { eventually } from './eventually.js';
import { startChild, type Child, type ChildPlan } from '../src/child.js';

/** A service that is killed at one crash point after the other and started again each time. */
export interface CrashingService {
  /** Ends the first run, which is unarmed so that an installation can be set up, and arms all that follow. */
  begin(): void;
  /** Crash points that have not struck. */
  readonly left: readonly string[];
}

/**
 * Starts the services that have crash points under a supervisor: each run after the first is armed with all points that
 * are left and ends by SIGKILL at the first that it meets. Once all have struck, a run lives on unarmed. The other
 * processes start as ever.
 */
export function crashingServices(pointsByService: Record<string, readonly string[]>) {
  const services = new Map<string, CrashingService>();
  const start = (plan: ChildPlan): Child => {
    const points = pointsByService[plan.name];
    if (!points) return startChild(plan);
    const { child, service } = startCrashing(plan, points);
    services.set(plan.name, service);
    return child;
  };
  return { start, services };
}

function startCrashing(
  plan: ChildPlan,
  points: readonly string[],
): { child: Child; service: CrashingService } {
  let begun = false;
  const left = new Set(points);
  const running = superviseProcess({
    command: process.execPath,
    args: [...plan.nodeFlags, plan.script],
    outputFile: plan.logFile,
    env: () => (begun ? { ...plan.env, CLEANROOM_CRASH_AT: [...left].join() } : plan.env),
    onExit: (_, output) => struckAt(output).forEach((point) => left.delete(point)),
  });
  const service: CrashingService = {
    begin: () => {
      begun = true;
      running.signal('SIGTERM');
    },
    get left() {
      return [...left];
    },
  };
  const child: Child = {
    name: plan.name,
    pid: running.pid ?? 0,
    // A service that is killed again and again is what is wanted here: nothing is broken by it.
    ended: new Promise(() => undefined),
    ready: (within) =>
      eventually(() => isReady(plan.readyUrl ?? ''), { within, every: 100 }).then(() => undefined),
    stop: async () => void (await running.stop()),
  };
  return { child, service };
}

const isReady = async (url: string): Promise<boolean> => {
  const answer = await fetch(url).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
};
