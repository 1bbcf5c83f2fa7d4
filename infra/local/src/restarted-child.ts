import type { Child, ChildPlan } from './child.js';

/** A process that dies at once would otherwise take the whole computer. */
const PAUSE_MS = 250;

/** A process that is started again, as it was, whenever it ends by itself once it was ready. */
export function restartedChild(plan: ChildPlan, start: (plan: ChildPlan) => Child): Child {
  let child = start(plan);
  let stopping: (() => void) | undefined;
  const stopped = new Promise<void>((resolve) => (stopping = resolve));
  let asked = false;
  const keep = async (): Promise<void> => {
    while (!asked) {
      await child.ended;
      await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, PAUSE_MS))]);
      if (!asked) child = start(plan);
    }
  };
  const ended = stopped.then(() => child.ended);
  return {
    name: plan.name,
    get pid() {
      return child.pid;
    },
    ended,
    ready: async (withinMs) => {
      await child.ready(withinMs);
      void keep();
    },
    stop: async (graceMs) => {
      asked = true;
      stopping?.();
      await child.stop(graceMs);
    },
  };
}
