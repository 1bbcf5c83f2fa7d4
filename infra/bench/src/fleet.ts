import { NO_BUDGET } from '@cleanroom/kernel';
import { nextStep } from '@cleanroom/provisioning/domain/next-step';
import type { Step } from '@cleanroom/provisioning/domain/step';
import { selectAwake } from '@cleanroom/provisioning/domain/wake-selection';
import { transitionsWithin } from '@cleanroom/scheduling/domain/next-transitions';
import { warmAt } from '@cleanroom/scheduling/domain/schedule';
import { wantedNow } from '@cleanroom/scheduling/domain/wanted';
import { Agenda } from './agenda.js';
import { carryOut } from './carry-out.js';
import type { Job } from './job.js';
import type { Latency } from './latency.js';
import type { MachineLife } from './outcome.js';
import type { CleanroomPool } from './run-cleanroom.js';
import { sleepingSeat, TAKES, type Seat } from './seat.js';

/** What `createRunnerPool` takes where nothing is said. */
const MAX_AGE_SECONDS = 24 * 3600;

/** A simulated pool: the product's rules decide, and this only lets time pass. */
export class Fleet {
  readonly agenda = new Agenda();
  readonly waits: number[] = [];
  readonly machines: MachineLife[] = [];
  readonly #windows: { from: number; warm: number }[] = [];
  readonly #queue: Job[] = [];
  readonly #seats: Seat[];

  constructor(
    readonly pool: CleanroomPool,
    readonly latency: Latency,
  ) {
    this.#seats = Array.from({ length: pool.size }, (_, seat) => sleepingSeat(seat, this.date()));
  }

  /** The instant of the product's clock. */
  date(at = this.agenda.now): Date {
    return new Date(this.pool.epoch + at);
  }

  arrive(job: Job): void {
    this.#queue.push(job);
    this.settle();
  }

  /** Looks at the pool whenever its schedule changes the number of warm runners. */
  planWindows(): void {
    const { schedule, preWarm, horizon, epoch } = this.pool;
    if (!schedule) return;
    // Asked for once: time zones are slow, and every decision needs the answer.
    const { warm } = warmAt(schedule, new Date(epoch));
    const changes = transitionsWithin(schedule, { after: epoch, until: epoch + horizon, warm });
    this.#windows.push(
      { from: 0, warm },
      ...changes.map(({ at, warm: next }) => ({ from: at.getTime() - epoch, warm: next })),
      { from: horizon, warm: 0 },
    );
    for (const { from } of this.#windows) {
      this.agenda.plan(from, () => this.settle());
      this.agenda.plan(from - preWarm, () => this.settle());
    }
  }

  /** Decides and acts until nothing is left to do at this instant. */
  settle(): void {
    for (let again = true; again;) {
      this.#decide();
      const stepped = this.#seats.map((seat) => !seat.acting && this.#step(seat));
      const started = this.#handOut();
      again = started || stepped.includes(true);
    }
  }

  /** Lets `delay` pass, then `done`, then looks at the pool again. */
  after(delay: number, done: () => void): void {
    this.agenda.plan(this.agenda.now + delay, () => {
      done();
      this.settle();
    });
  }

  #decide(): void {
    const busy = this.#seats.filter(({ runner, hasJob }) => hasJob || runner.state === 'BUSY').length;
    const { wanted } = wantedNow({
      size: this.pool.size,
      busy,
      warm: this.#warm(),
      warmBecause: 'its schedule',
      queued: this.#queue.length,
    });
    const rules = { paused: false, deleting: false, wanted, serverTypes: ['cx23'] };
    const awake = selectAwake(
      rules,
      this.#seats.map(({ runner }) => runner),
      [],
      this.date(),
    );
    for (const { runner } of this.#seats) runner.wanted = awake.wanted.has(runner.id);
  }

  #warm(): number {
    const { preWarm, horizon } = this.pool;
    if (this.agenda.now >= horizon) return 0;
    return Math.max(this.#warmAt(this.agenda.now), this.#warmAt(this.agenda.now + preWarm));
  }

  #warmAt(at: number): number {
    return this.#windows.findLast(({ from }) => from <= at)?.warm ?? 0;
  }

  #step(seat: Seat): boolean {
    // A simulated agent never falls silent.
    if (seat.machine) seat.machine.lastReportAt = this.date();
    const step = this.#next(seat);
    if (step.kind !== 'wait') return carryOut(this, seat, step);
    const at = step.until && step.until.getTime() - this.pool.epoch;
    if (at !== null && at > this.agenda.now && at !== seat.wakeAt) {
      seat.wakeAt = at;
      this.agenda.plan(at, () => seat.wakeAt === at && this.settle());
    }
    return false;
  }

  #next({ runner, machine }: Seat): Step {
    const { freshMachine, idleTimeoutSeconds } = this.pool;
    const pool = {
      paused: false,
      deleting: false,
      freshMachine,
      ...TAKES,
      idleTimeoutSeconds,
      maxMachineAgeSeconds: MAX_AGE_SECONDS,
    };
    const always = new Date(0);
    const known = { orderLack: null, budget: NO_BUDGET, workingSince: always, hearingSince: always };
    return nextStep({ runner, pool, machine, ...known }, this.date());
  }

  /** Gives the oldest job to the runner that is idle longest, as long as there are both. */
  #handOut(): boolean {
    const idle = this.#seats
      .filter(({ runner, hasJob }) => runner.state === 'IDLE' && !hasJob)
      .sort((a, b) => a.runner.stateSince.getTime() - b.runner.stateSince.getTime());
    const seats = idle.slice(0, this.#queue.length);
    for (const seat of seats) this.#start(seat, this.#queue.shift());
    return seats.length > 0;
  }

  #start(seat: Seat, job: Job | undefined): void {
    const { machine } = seat;
    if (!job || !machine) return;
    const start = this.agenda.now + this.latency.pickUp();
    this.waits.push(start - job.arrival);
    seat.hasJob = true;
    machine.jobStarted = true;
    this.after(start - this.agenda.now + job.duration, () => {
      seat.hasJob = false;
      machine.jobOver = true;
    });
  }
}
