import { freePort } from '@cleanroom/testing';
import { startChild, type Child, type ChildPlan } from '../src/child.js';
import { serviceNames, type ServiceProcess } from '../src/service-names.js';
import { startBalancer, type Balancer } from './balancer.js';

const READY_WITHIN_MS = 180_000;
const GRACE_MS = 7_000;

/** All processes of ours, of each of which there are two. */
export const replicated = [...serviceNames, 'gateway'] as const;
type Replicated = (typeof replicated)[number];

/** One of the processes of a service. */
interface Replica {
  readonly plan: ChildPlan;
  readonly port: number;
  child: Child;
}

/** Starts each service and the gateway as two processes behind a balancer, so that a test can kill one of them. */
export function replicatedServices() {
  const replicas = new Map<string, Promise<Replica[]>>();
  const start = (plan: ChildPlan): Child => {
    if (!(replicated as readonly string[]).includes(plan.name)) return startChild(plan);
    const started = startTwice(plan);
    replicas.set(plan.name, started);
    return behindBalancer(plan, started);
  };
  const one = async (name: Replicated, n: number): Promise<Replica> => {
    const found = (await replicas.get(name))?.[n];
    if (!found) throw new Error(`${name} has no replica ${n}`);
    return found;
  };
  return {
    start,
    /** As `kill -9`. */
    kill: async (name: Replicated, n: number): Promise<void> => {
      const { child } = await one(name, n);
      process.kill(child.pid, 'SIGKILL');
      await child.ended;
    },
    /** Starts one that was killed. */
    restart: async (name: Replicated, n: number): Promise<void> => {
      const replica = await one(name, n);
      replica.child = startChild(replica.plan);
      await replica.child.ready(READY_WITHIN_MS);
    },
    /** How many events a replica has handled. */
    eventsHandledBy: async (name: ServiceProcess, n: number): Promise<number> => {
      const answer = await fetch(`http://127.0.0.1:${(await one(name, n)).port}/metrics`);
      const counts = (await answer.text()).matchAll(
        /^cleanroom_event_seconds_count\{[^}]*outcome="handled"[^}]*\} (\d+)/gm,
      );
      return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
    },
  };
}

async function startTwice(plan: ChildPlan): Promise<Replica[]> {
  const ports = [await freePort(), await freePort()];
  return ports.map((port) => {
    const own: ChildPlan = {
      ...plan,
      env: { ...plan.env, CLEANROOM_PORT: String(port) },
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
    };
    return { plan: own, port, child: startChild(own) };
  });
}

/** Looks to the installation like the one process that it wanted. */
function behindBalancer(plan: ChildPlan, started: Promise<Replica[]>): Child {
  let balancer: Balancer | undefined;
  return {
    name: plan.name,
    pid: 0,
    ready: async (within) => {
      const replicas = await started;
      await Promise.all(replicas.map(({ child }) => child.ready(within)));
      balancer = await startBalancer(
        Number(plan.env.CLEANROOM_PORT),
        replicas.map(({ port }) => port),
      );
    },
    // One that the test kills breaks nothing.
    ended: new Promise(() => undefined),
    stop: async () => {
      await balancer?.close();
      await Promise.all((await started).map(({ child }) => child.stop(GRACE_MS)));
    },
  };
}
