import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, type Child, type ChildPlan } from '../src/child.js';
import { serviceNames } from '../src/service-names.js';

const READY_WITHIN_MS = 180_000;
const GRACE_MS = 7_000;
const TRY_AGAIN_MS = 500;

/** How one process is killed and begun again. */
interface Kill {
  /** Whom to kill, where that is not the process itself but one that it keeps. */
  readonly pid?: number | undefined;
  /** Real milliseconds before it is started again. @default 0 */
  readonly awayMs?: number;
}

/** Starts the processes so that a test can kill one, or stop all services, and start them again as they were. */
export function restartableProcesses() {
  const running = new Map<string, { plan: ChildPlan; child: Child }>();
  const turns = new Map<string, Promise<void>>();
  const run = (plan: ChildPlan): Child => {
    const child = startChild(plan);
    running.set(plan.name, { plan, child });
    return child;
  };
  const start = (plan: ChildPlan): Child => {
    const child = run(plan);
    return {
      name: plan.name,
      get pid() {
        return running.get(plan.name)?.child.pid ?? 0;
      },
      ready: (within) => child.ready(within),
      // One that the test stops or kills breaks nothing.
      ended: new Promise(() => undefined),
      stop: async (graceMs) => {
        await turns.get(plan.name);
        await running.get(plan.name)?.child.stop(graceMs);
      },
    };
  };
  /** Who finds no database while it starts ends, and is started again, as any process manager would. */
  const begin = async (plan: ChildPlan): Promise<void> => {
    for (const deadline = performance.now() + READY_WITHIN_MS; ;) {
      try {
        return await run(plan).ready(READY_WITHIN_MS);
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await sleep(TRY_AGAIN_MS);
      }
    }
  };
  const restart = async (name: string, { pid, awayMs = 0 }: Kill): Promise<void> => {
    const one = running.get(name);
    if (!one) throw new Error(`no process is called ${name}`);
    process.kill(pid ?? one.child.pid, 'SIGKILL');
    await one.child.ended;
    await sleep(awayMs);
    await begin(one.plan);
  };
  /** As `kill -9`, and started again; one after the other where it is the same process. Resolves once it is ready. */
  const kill = (name: string, how: () => Kill = () => ({})): Promise<void> => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(() => restart(name, how()));
    turns.set(name, turn);
    return turn;
  };
  const services = () => serviceNames.flatMap((name) => running.get(name) ?? []);
  const stopServices = async (): Promise<void> =>
    void (await Promise.all(services().map(({ child }) => child.stop(GRACE_MS))));
  /** As `kill -9`, all of them at once; they stay away until they are started. */
  const killServices = async (): Promise<void> => {
    for (const { child } of services()) process.kill(child.pid, 'SIGKILL');
    await Promise.all(services().map(({ child }) => child.ended));
  };
  const startServices = async (): Promise<void> =>
    void (await Promise.all(services().map(({ plan }) => begin(plan))));
  return { start, kill, killServices, stopServices, startServices };
}

export type RestartableProcesses = ReturnType<typeof restartableProcesses>;
