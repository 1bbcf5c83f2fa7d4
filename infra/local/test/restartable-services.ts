import { startChild, type Child, type ChildPlan } from '../src/child.js';
import { serviceNames } from '../src/service-names.js';

const READY_WITHIN_MS = 180_000;
const GRACE_MS = 7_000;

/** Starts the services so that a test can stop them all, and start them again as they were. */
export function restartableServices() {
  const running = new Map<string, { plan: ChildPlan; child: Child }>();
  const start = (plan: ChildPlan): Child => {
    const child = startChild(plan);
    if (!(serviceNames as readonly string[]).includes(plan.name)) return child;
    running.set(plan.name, { plan, child });
    return {
      ...child,
      // A service that the test stops breaks nothing.
      ended: new Promise(() => undefined),
      stop: async (graceMs) => running.get(plan.name)?.child.stop(graceMs),
    };
  };
  const stopServices = async (): Promise<void> =>
    void (await Promise.all([...running.values()].map(({ child }) => child.stop(GRACE_MS))));
  const startServices = async (): Promise<void> => {
    for (const { plan } of running.values()) running.set(plan.name, { plan, child: startChild(plan) });
    await Promise.all([...running.values()].map(({ child }) => child.ready(READY_WITHIN_MS)));
  };
  return { start, stopServices, startServices };
}
