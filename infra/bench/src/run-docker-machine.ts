import { Agenda } from './agenda.js';
import type { Job } from './job.js';
import type { Latency } from './latency.js';
import type { MachineLife, Outcome } from './outcome.js';

interface Vm {
  readonly from: number;
  idleSince: number;
  taken: boolean;
}

/**
 * Autoscaling as docker-machine does it with no idle machines asked for: a job takes an idle machine or has one
 * created; machines are reused as they are, and removed once they were idle for `idleTime`. The machine used last is
 * taken first, which is the kindest choice for the bill.
 */
export function runDockerMachine(jobs: readonly Job[], latency: Latency, idleTime = 30 * 60_000): Outcome {
  const agenda = new Agenda();
  const waits: number[] = [];
  const machines: MachineLife[] = [];
  const idle: Vm[] = [];
  const release = (vm: Vm): void => {
    Object.assign(vm, { idleSince: agenda.now, taken: false });
    idle.push(vm);
    const since = agenda.now;
    agenda.plan(since + idleTime, () => {
      if (vm.taken || vm.idleSince !== since) return;
      idle.splice(idle.indexOf(vm), 1);
      machines.push({ from: vm.from, to: agenda.now + latency.remove() });
    });
  };
  const run = (vm: Vm, job: Job, readyAt: number): void => {
    vm.taken = true;
    const start = readyAt + latency.pickUp();
    waits.push(start - job.arrival);
    agenda.plan(start + job.duration, () => release(vm));
  };
  for (const job of jobs) {
    agenda.plan(job.arrival, () => {
      const vm = idle.pop();
      if (vm) return run(vm, job, agenda.now);
      const from = agenda.now + latency.order();
      return run({ from, idleSince: 0, taken: true }, job, from + latency.boot());
    });
  }
  while (agenda.step());
  return { name: 'docker-machine, 30 min idle', waits, machines };
}
