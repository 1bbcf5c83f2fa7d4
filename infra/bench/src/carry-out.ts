import type { Step } from '@cleanroom/provisioning/domain/step';
import type { Fleet } from './fleet.js';
import { orderedMachine, type Seat } from './seat.js';

type Does = { [K in Step['kind']]: (fleet: Fleet, seat: Seat, step: Extract<Step, { kind: K }>) => boolean };

/** Does what the rules ask for; true where the next step can be asked for at once. */
export const carryOut = <S extends Step>(fleet: Fleet, seat: Seat, step: S): boolean =>
  (does[step.kind] as (fleet: Fleet, seat: Seat, step: S) => boolean)(fleet, seat, step);

const does: Does = {
  wait: () => false,
  move: (fleet, seat, { to }) => {
    Object.assign(seat.runner, { state: to, stateSince: fleet.date() });
    if (to === 'ASLEEP') seat.machine = undefined;
    if (to === 'IDLE' && seat.machine?.quiet)
      Object.assign(seat.machine, { jobStarted: false, jobOver: false, quiet: false });
    return true;
  },
  'begin-order': (fleet, seat) => {
    seat.runner.attempt += 1;
    seat.machine = orderedMachine(seat.runner, fleet.date());
    Object.assign(seat.runner, { state: 'STARTING', stateSince: fleet.date(), machineId: seat.machine.id });
    return true;
  },
  // Everything that an order needs is there.
  'tell-lack': () => false,
  // Nobody sets a budget on a trace.
  'hold-for-budget': () => false,
  'forget-refusal': () => false,
  'ask-hours': () => false,
  'give-up-unpaid': () => false,
  'order-server': (fleet, seat) =>
    call(fleet, seat, fleet.latency.order(), () => {
      Object.assign(seat.machine ?? {}, { serverId: 1, createdAt: fleet.date(), orderSentAt: fleet.date() });
      enrol(fleet, seat, fleet.latency.boot());
    }),
  'create-gitlab-runner': (fleet, seat) =>
    call(fleet, seat, fleet.latency.call() + fleet.latency.call(), () => {
      const generation = seat.machine?.generation;
      Object.assign(seat.machine ?? {}, { gitlabRunnerId: 1, startedGeneration: generation });
    }),
  // Nobody changes what the runners of a trace take.
  'update-gitlab-runner': () => false,
  // While its job runs GitLab says so, and the job's end has it asked again.
  'confirm-job-over': (fleet, seat) =>
    seat.machine?.jobOver === true &&
    call(fleet, seat, fleet.latency.call(), () => Object.assign(seat.machine ?? {}, { quiet: true })),
  'delete-gitlab-runner': (fleet, seat) =>
    call(fleet, seat, fleet.latency.call(), () => Object.assign(seat.machine ?? {}, { gitlabRunnerId: 0 })),
  'begin-rebuild': (fleet, seat) => {
    if (seat.machine) seat.machine.rebuildIntentAt = fleet.date();
    return true;
  },
  'rebuild-server': (fleet, seat) => rebuild(fleet, seat),
  drain: (fleet, seat) =>
    call(fleet, seat, fleet.latency.call(), () =>
      Object.assign(seat.runner, { state: 'STOPPING', stateSince: fleet.date() }),
    ),
  'delete-server': (fleet, seat) =>
    call(fleet, seat, fleet.latency.remove(), () => {
      const { machine } = seat;
      if (!machine?.createdAt) return;
      machine.deletedAt = fleet.date();
      fleet.machines.push({ from: machine.createdAt.getTime() - fleet.pool.epoch, to: fleet.agenda.now });
    }),
};

function call(fleet: Fleet, seat: Seat, delay: number, answered: () => void): boolean {
  seat.acting = true;
  fleet.after(delay, () => {
    seat.acting = false;
    answered();
  });
  return false;
}

/** The machine comes up, unless it was given up or cleaned again before. */
function enrol(fleet: Fleet, { machine }: Seat, delay: number): void {
  const generation = machine?.generation;
  fleet.after(delay, () => {
    if (machine?.generation === generation)
      Object.assign(machine ?? {}, { enrolledGeneration: generation, protectedGeneration: generation });
  });
}

function rebuild(fleet: Fleet, seat: Seat): boolean {
  const { machine, runner } = seat;
  if (!machine) return false;
  const next = { generation: machine.generation + 1, jobStarted: false, jobOver: false, quiet: false };
  Object.assign(machine, { ...next, rebuildIntentAt: null });
  Object.assign(runner, { state: 'ENROLLING', stateSince: fleet.date() });
  enrol(fleet, seat, fleet.latency.rebuild());
  return true;
}
